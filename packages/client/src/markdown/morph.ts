/**
 * How many children of an element on the page stand already and are not repeated in the fresh one made for it.
 */
export type KeptChildren = WeakMap<Node, number>

/**
 * Makes these nodes, which stand in a row in `parent`, equal to the fresh ones, and changes nothing that is
 * equal already: what the user has selected or focused stays selected and focused. Returns the nodes that
 * stand then.
 */
export function morphAll(
  parent: Node,
  standing: readonly ChildNode[],
  fresh: readonly ChildNode[],
  kept: KeptChildren,
): ChildNode[] {
  const end = standing.at(-1)?.nextSibling ?? null
  const now = fresh.map((node, index) => {
    const old = standing[index]
    return old === undefined ? parent.insertBefore(node, end) : morph(old, node, kept)
  })
  for (const gone of standing.slice(fresh.length)) gone.remove()
  return now
}

function morph(old: ChildNode, fresh: ChildNode, kept: KeptChildren): ChildNode {
  if (isText(old) && isText(fresh)) morphText(old, fresh.data)
  else if (isElement(old) && isElement(fresh) && old.localName === fresh.localName) {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name)
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value)
    }
    morphAll(old, childrenFrom(old, kept.get(fresh) ?? 0), childrenFrom(fresh, 0), kept)
  } else {
    old.replaceWith(fresh)
    return fresh
  }
  return old
}

/** `appendData` and `replaceData` keep the ranges inside the node, and so the user's selection; setting `data` does not. */
function morphText(old: Text, text: string): void {
  const { data } = old
  if (text === data) return
  if (text.startsWith(data)) old.appendData(text.slice(data.length))
  else {
    let same = 0
    while (data[same] === text[same]) same++
    old.replaceData(same, data.length - same, text.slice(same))
  }
}

function childrenFrom(parent: Node, index: number): ChildNode[] {
  const children: ChildNode[] = []
  for (let child = parent.childNodes[index]; child != null; child = child.nextSibling as ChildNode)
    children.push(child)
  return children
}

// By what it says and not by its class: the page may be another window's.
function isText(node: Node): node is Text {
  return node.nodeType === 3
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1
}
