const adopted = new WeakMap<Node, Set<string>>()

/**
 * Brings a stylesheet into the document or shadow root that holds the element, once. A constructed
 * stylesheet is no inline style, so it also holds under a Content-Security-Policy that forbids those.
 */
export function adoptStyles(element: Element, css: string): void {
  if (!element.isConnected) return
  // The root of what is connected is a document or a shadow root.
  const root = element.getRootNode() as Document | ShadowRoot
  const here = adopted.get(root) ?? new Set()
  if (here.has(css)) return
  adopted.set(root, here.add(css))
  try {
    // A stylesheet belongs to the window that made it, and the element may live in another one.
    const { CSSStyleSheet } = element.ownerDocument.defaultView ?? globalThis
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets.push(sheet)
  } catch {
    // Safari before 16.4 has no constructed stylesheets.
    const style = element.ownerDocument.createElement('style')
    style.textContent = css
    const place = 'head' in root ? root.head : root
    place.append(style)
  }
}
