import type { Image, Link, PhrasingContent } from 'mdast'
import { toString as plainText } from 'mdast-util-to-string'
import { safeHref, safeImageSource } from './safe-url.ts'
import { element, joinTexts, type View } from './view.ts'
import type { ViewContext } from './view-context.ts'

/** Deeper markup is shown as its text: nobody can see it, and the page's own walks over its tree are recursive. */
const MOST_NESTED = 24

/** The views of a paragraph's, heading's or cell's content. */
export function inlineViews(nodes: readonly PhrasingContent[], context: ViewContext, depth = 0): View[] {
  if (depth > MOST_NESTED) return joinTexts([{ text: nodes.map((node) => plainText(node)).join('') }])
  return joinTexts(nodes.flatMap((node) => viewsOf(node, context, depth + 1)))
}

function viewsOf(node: PhrasingContent, context: ViewContext, depth: number): View[] {
  switch (node.type) {
    case 'text':
    case 'literal':
      return [{ text: node.value }]
    case 'emphasis':
      return [element('em', {}, inlineViews(node.children, context, depth))]
    case 'strong':
      return [element('strong', {}, inlineViews(node.children, context, depth))]
    case 'delete':
      return [element('del', {}, inlineViews(node.children, context, depth))]
    case 'inlineCode':
      return [element('code', {}, [{ text: node.value.replace(/\r\n|\n|\r/g, ' ') }])]
    case 'break':
      return [element('br')]
    case 'link':
      return linkViews(node, node.children, context, depth)
    case 'linkReference': {
      const target = context.definitions.get(node.identifier)
      return target === undefined
        ? inlineViews(node.children, context, depth)
        : linkViews(target, node.children, context, depth)
    }
    case 'image':
      return [imageView(node, node.alt, context)]
    case 'imageReference': {
      const target = context.definitions.get(node.identifier)
      return target === undefined ? [{ text: node.alt ?? '' }] : [imageView(target, node.alt, context)]
    }
    default:
      return []
  }
}

function linkViews(
  target: Pick<Link, 'url' | 'title' | 'data' | 'position'>,
  children: readonly PhrasingContent[],
  context: ViewContext,
  depth: number,
): View[] {
  const views = inlineViews(children, context, depth)
  const href = isStillWritten(target, context)
    ? null
    : safeHref(target.url, context.options.allowRelativeLinks)
  if (href === null) return views
  const { target: frame } = context.options
  return [
    element(
      'a',
      {
        href,
        rel: 'noopener noreferrer nofollow',
        ...(frame === undefined ? {} : { target: frame }),
        ...(target.title ? { title: target.title } : {}),
      },
      views,
    ),
  ]
}

/** Whether the next characters may still belong to a bare address: half an address leads to someone else. */
function isStillWritten(
  { data, position }: Pick<Link, 'data' | 'position'>,
  { unfinished }: ViewContext,
): boolean {
  if (data?.isBare !== true || unfinished === null) return false
  return !/[\s<]/.test(unfinished.slice(position?.end.offset))
}

function imageView(
  { url, title }: Pick<Image, 'url' | 'title'>,
  alt: string | null | undefined,
  { options }: ViewContext,
): View {
  const src = safeImageSource(url, options.allowedImageHosts, options.baseUrl)
  const description = alt ?? ''
  if (src === null) {
    return element('span', { class: 'evenkeel-image' }, [{ text: description || options.words.image }])
  }
  return element('img', {
    alt: description,
    // Before `src`: the browser starts to load as soon as that is there.
    decoding: 'async',
    loading: 'lazy',
    referrerpolicy: 'no-referrer',
    src,
    ...(title ? { title } : {}),
  })
}
