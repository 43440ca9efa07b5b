/** Whether the user is at this part of the page: the focus or a selection is inside it. */
export function isInUse(part: HTMLElement): boolean {
  const root = part.getRootNode()
  // Not `instanceof Document`: an element may live in another window's document.
  const focused = 'activeElement' in root ? (root as DocumentOrShadowRoot).activeElement : null
  if (focused !== null && part.contains(focused)) return true
  const selection = part.ownerDocument.getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(part, true)
}
