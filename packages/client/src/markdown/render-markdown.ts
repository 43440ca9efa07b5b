import { blockViews } from './block-views.ts'
import { collectLabels, createDefinitions } from './definitions.ts'
import { patchChildren } from './mount.ts'
import type { MarkdownOptions } from './options.ts'
import { createParser } from './parser.ts'
import { resolveOptions } from './view-context.ts'

/**
 * Markdown as elements, read as a whole: for an answer that is there already.
 *
 * @example
 * element.replaceChildren(renderMarkdown(answer, { target: '_blank' }))
 */
export function renderMarkdown(
  text: string,
  options: MarkdownOptions = {},
  page: Document = document,
): DocumentFragment {
  const { root } = createParser(collectLabels())(text.startsWith('\uFEFF') ? text.slice(1) : text)
  const definitions = createDefinitions()
  definitions.addFrom(root.children)
  const context = { options: resolveOptions(options, page.baseURI), definitions, unfinished: null }
  const fragment = page.createDocumentFragment()
  const views = root.children.flatMap((node) => blockViews(node, context, true))
  patchChildren(fragment, [], views)
  return fragment
}
