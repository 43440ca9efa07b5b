/** Whether the user is at this part of the page: the focus or a selection is inside it. */
export function isInUse(part: HTMLElement): boolean {
  if (!part.isConnected) return false
  // The root of what is connected is a document or a shadow root.
  const focused = (part.getRootNode() as Document | ShadowRoot).activeElement
  if (focused !== null && part.contains(focused)) return true
  const selection = part.ownerDocument.getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(part, true)
}
