import type { Drawing } from './drawing.ts'
import { type MarkdownNode, plainText } from './node.ts'
import type { Content } from './page-elements.ts'
import { safeHref, safeImageSource } from './safe-url.ts'

/** Deeper markup is shown as its text: nobody can see it, and the page's own walks over its tree are recursive. */
const MOST_NESTED = 24

/** The content of a paragraph, heading or cell. */
export function inlineContent(nodes: readonly MarkdownNode[], drawing: Drawing, depth = 0): Content[] {
  if (depth > MOST_NESTED) return nodes.map(plainText)
  return nodes.flatMap((node) => contentOf(node, drawing, depth + 1))
}

function contentOf(node: MarkdownNode, drawing: Drawing, depth: number): Content[] {
  const { type, value, children, label } = node
  const { make } = drawing
  switch (type) {
    case 'text':
    case 'literal':
      return [value]
    case 'em':
    case 'strong':
    case 'del':
    case 'br':
      return [make(type, {}, inlineContent(children, drawing, depth))]
    case 'codeText':
      return [make('code', {}, [value])]
    case 'link':
    case 'image': {
      const target = node.url === undefined ? drawing.definitions.get(label ?? '') : node
      if (type === 'image') return [imageOf(target, plainText(node), drawing)]
      const content = inlineContent(children, drawing, depth)
      const href = isStillWritten(node, drawing)
        ? null
        : safeHref(target?.url ?? '', drawing.allowRelativeLinks)
      if (href === null || target === undefined) return content
      const rel = 'noopener noreferrer nofollow'
      return [make('a', { href, rel, target: drawing.target, title: target.title }, content)]
    }
    default:
      return []
  }
}

/** Whether a bare address may still turn out another: half an address leads to someone else. */
function isStillWritten({ isBare, start, end }: MarkdownNode, { unfinished, healedFrom }: Drawing): boolean {
  if (isBare !== true || unfinished === null) return false
  return start >= (healedFrom ?? end) || !/[\s<]/.test(unfinished.slice(end))
}

function imageOf(target: MarkdownNode | undefined, alt: string, drawing: Drawing): HTMLElement {
  const { make, words, allowedImageHosts, baseUrl } = drawing
  const src = safeImageSource(target?.url ?? '', allowedImageHosts, baseUrl)
  if (src === null) return make('span', { class: 'evenkeel-image' }, [alt || words['image.hidden']])
  // `src` after `loading`: the browser starts to load as soon as it is there.
  return make('img', { alt, loading: 'lazy', referrerpolicy: 'no-referrer', src, title: target?.title })
}
