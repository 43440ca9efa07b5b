import { blockElements } from './block-elements.ts'
import { createDefinitions } from './definitions.ts'
import { createDrawing } from './drawing.ts'
import type { MarkdownOptions } from './options.ts'
import { createParser } from './parser.ts'
import { normalise } from './source-lines.ts'

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
  const { root } = createParser(new Set<string>())(normalise(text.replace(/^\uFEFF/, '')))
  const definitions = createDefinitions()
  definitions.addFrom(root.children)
  const drawing = createDrawing(options, definitions, page)
  const fragment = page.createDocumentFragment()
  for (const node of root.children) fragment.append(...blockElements(node, drawing, true))
  return fragment
}
