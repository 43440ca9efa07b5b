/** Whether the user is at this part of the page: the focus or a selection is inside it. */
export function isInUse(part: HTMLElement): boolean {
  const selection = part.ownerDocument.getSelection()
  return holdsFocus(part) || (selection?.isCollapsed === false && selection.containsNode(part, true))
}

/**
 * Call it before what may have the focus is taken out of this part: the part takes the focus itself then, for it would
 * fall to the top of the page.
 */
export function keepFocus(part: HTMLElement | null): void {
  if (part !== null && holdsFocus(part)) takeFocus(part)
}

/** Gives the focus to a part of the page that is nothing to press. */
export function takeFocus(part: HTMLElement): void {
  part.tabIndex = -1
  part.focus({ preventScroll: true })
}

export function holdsFocus(part: HTMLElement): boolean {
  // The root is a document or a shadow root, or an element that nobody sees.
  const { activeElement } = part.getRootNode() as Document | ShadowRoot
  return !!activeElement && part.contains(activeElement)
}
