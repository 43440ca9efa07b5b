import { type Attributes, isText, type View, type ViewElement, type ViewText } from './view.ts'

/** A view and the node that shows it. What the view keeps is on the page and no longer known here. */
export type Mounted = MountedText | MountedElement

interface MountedText {
  readonly node: Text
  text: string
  keep: number
}

interface MountedElement {
  readonly node: HTMLElement
  readonly tag: string
  attributes: Attributes
  readonly children: Mounted[]
  keep: number
}

/**
 * Makes `mounted`, the children of `parent` before `end`, show these views, and changes nothing on the page
 * that is right already: what the user has selected or focused stays selected and focused.
 */
export function patchChildren(
  parent: ParentNode & Node,
  mounted: Mounted[],
  views: readonly View[],
  end: Node | null = null,
): void {
  for (const gone of mounted.splice(views.length)) gone.node.remove()
  views.forEach((view, index) => {
    const old = mounted[index]
    if (old !== undefined && patch(old, view)) return
    const fresh = create(view, parent.ownerDocument ?? document)
    mounted[index] = fresh
    if (old === undefined) parent.insertBefore(fresh.node, end)
    else old.node.replaceWith(fresh.node)
  })
}

/** False where another node is needed. */
function patch(old: Mounted, view: View): boolean {
  const keep = view.keep ?? 0
  if (keep < old.keep) return false
  if (isText(view)) return 'text' in old && patchText(old, view, keep)
  if ('text' in old || old.tag !== view.tag) return false
  patchAttributes(old, view.attributes)
  old.children.splice(0, keep - old.keep)
  old.keep = keep
  patchChildren(old.node, old.children, view.children)
  return true
}

function patchText(old: MountedText, view: ViewText, keep: number): boolean {
  const before = old.text.slice(keep - old.keep)
  const { text } = view
  if (text.startsWith(before)) {
    // `appendData` and `replaceData` keep the ranges inside the node, and so the user's selection; `data` does not.
    if (text.length > before.length) old.node.appendData(text.slice(before.length))
  } else {
    const same = sharedLength(before, text)
    old.node.replaceData(keep + same, before.length - same, text.slice(same))
  }
  old.text = text
  old.keep = keep
  return true
}

function patchAttributes(old: MountedElement, attributes: Attributes): void {
  if (old.attributes === attributes) return
  for (const name of Object.keys(old.attributes)) {
    if (!(name in attributes)) old.node.removeAttribute(name)
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (old.attributes[name] !== value) old.node.setAttribute(name, value)
  }
  old.attributes = attributes
}

export function create(view: View, page: Document): Mounted {
  if (isText(view)) return { node: page.createTextNode(view.text), text: view.text, keep: 0 }
  return createElement(view, page)
}

function createElement(view: ViewElement, page: Document): MountedElement {
  const { tag, attributes, press } = view
  const node = page.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  const children = view.children.map((child) => create(child, page))
  node.append(...children.map((child) => child.node))
  if (press !== undefined) node.addEventListener('click', () => press(node))
  return { node, tag, attributes, children, keep: 0 }
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++
  return length
}
