import type { Drawing } from './drawing.ts'
import { textOf } from './highlight.ts'
import type { MarkdownNode } from './node.ts'
import type { Content } from './page-elements.ts'

/**
 * Lines of code that are laid out together. The first chunk is text in the `code` element, every further one
 * a block of its own, so that a line at the end of long code costs its own chunk's layout and not that of all.
 */
export const CHUNK_LINES = 32

const CHUNK = new RegExp(`(?:[^\\n]*\\n){${CHUNK_LINES}}|[^]+$`, 'g')

const SAID_MS = 4_000

/** A code block: its language, a button that copies it, and the code itself, which reads from left to right. */
export function codeBlock(
  { info = '', value, fences }: MarkdownNode,
  { make, kept, highlight, words }: Drawing,
  isSettled: boolean,
  keptChunks = 0,
): HTMLElement {
  // The language is the model's word: one word of it, or it would bring classes of the product's own.
  const language = /^\S+/.exec(info)?.[0] ?? null
  const pieces = isSettled || fences === 2 ? highlight?.(value, language) : null
  const content = pieces?.map((piece): Content => {
    return typeof piece === 'string' ? piece : make('span', { class: piece.className }, [textOf(piece)])
  })
  const chunks = (value.match(CHUNK) ?? []).map((chunk, index): Content => {
    return keptChunks + index === 0 ? chunk : make('span', { class: 'evenkeel-lines' }, [chunk])
  })
  const code = make(
    'code',
    { class: language === null ? undefined : `language-${language}` },
    content ?? chunks,
  )
  kept.set(code, keptChunks)

  const said = make('span', { role: 'status' })
  // What it says is the button's affair.
  kept.set(said, 1)
  const copy = make('button', { class: 'evenkeel-copy', type: 'button' }, [words['code.copy']])
  copy.addEventListener('click', () => copyCode(copy, words['code.copied']))
  return make('div', { class: 'evenkeel-code', dir: 'ltr' }, [
    make('div', {}, [make('span', { class: 'evenkeel-language' }, [language ?? '']), said, copy]),
    // It scrolls sideways, and so the keyboard must reach it.
    make('pre', { tabindex: '0' }, [code]),
  ])
}

async function copyCode(button: HTMLElement, copied: string): Promise<void> {
  const code = button.parentElement?.nextElementSibling?.textContent
  const said = button.previousElementSibling
  if (code == null || said === null) return
  try {
    await navigator.clipboard.writeText(code)
  } catch {
    // No permission, or no clipboard on an insecure page: the user sees that nothing was copied.
    return
  }
  said.textContent = copied
  setTimeout(() => said.replaceChildren(), SAID_MS)
}
