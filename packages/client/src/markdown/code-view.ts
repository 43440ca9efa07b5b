import type { Code } from 'mdast'
import { chunksOf, type HighlightedPiece, textOf } from './highlight.ts'
import { element, joinTexts, type View, type ViewElement } from './view.ts'
import type { ViewContext } from './view-context.ts'

/**
 * Lines of code that are laid out together. The first chunk is text in the `code` element, every further one
 * a block of its own, so that a line at the end of long code costs its own chunk's layout and not that of all.
 */
export const CHUNK_LINES = 32

/** A code block: its language, a button that copies it, and the code itself, which reads from left to right. */
export function codeView(
  { lang, value, data }: Code,
  { options }: ViewContext,
  isSettled: boolean,
  keptChunks = 0,
): ViewElement {
  // The language is the model's word: one word of it, or it would bring classes of the product's own.
  const language = /^\S+/.exec(lang ?? '')?.[0] ?? null
  const isClosed = isSettled || data?.fences === 2
  const pieces = isClosed ? options.piecesOf(value, language) : [value]
  const chunks = chunksOf(pieces, CHUNK_LINES).flatMap((chunk, index) => {
    const views = joinTexts(chunk.map(pieceView))
    return keptChunks + index === 0 ? views : [element('span', { class: 'evenkeel-lines' }, views)]
  })
  const classes = language === null ? {} : { class: `language-${language}` }
  return element('div', { class: 'evenkeel-code', dir: 'ltr' }, [
    element('div', { class: 'evenkeel-code-head' }, [
      element('span', { class: 'evenkeel-language' }, language === null ? [] : [{ text: language }]),
      element('span', { class: 'evenkeel-said', role: 'status' }),
      element('button', { class: 'evenkeel-copy', type: 'button' }, [{ text: options.words.copy }], {
        press: copierOf(options.words.copied),
      }),
    ]),
    // It scrolls sideways, and so the keyboard must reach it.
    element('pre', { tabindex: '0' }, [element('code', classes, chunks, { keep: keptChunks })]),
  ])
}

function pieceView(piece: HighlightedPiece): View {
  const text = { text: textOf(piece) }
  return typeof piece === 'string' ? text : element('span', { class: piece.className }, [text])
}

const SAID_MS = 4_000

function copierOf(said: string): (button: HTMLElement) => void {
  return async (button) => {
    const block = button.closest('.evenkeel-code')
    const status = block?.querySelector('.evenkeel-said')
    const code = block?.querySelector('code')?.textContent
    if (status == null || code == null) return
    try {
      await navigator.clipboard.writeText(code)
    } catch {
      // No permission, or no clipboard on an insecure page: the user sees that nothing was copied.
      return
    }
    status.textContent = said
    setTimeout(() => {
      status.textContent = ''
    }, SAID_MS)
  }
}
