import type { Say } from '../react/context.ts'
import type { Words } from '../react/words.ts'
import { MARKDOWN_WORDS, type MarkdownWords } from './options.ts'

/** What markdown says, by the keys of the components' words. */
export const MARKDOWN_KEYS = {
  'code.copy': MARKDOWN_WORDS.copy,
  'code.copied': MARKDOWN_WORDS.copied,
  'image.hidden': MARKDOWN_WORDS.image,
  'task.done': MARKDOWN_WORDS.done,
  'task.open': MARKDOWN_WORDS.open,
} as const satisfies Words

/** A word that is silenced leaves the label of its element empty, as with every component. */
export function markdownWords(say: Say): MarkdownWords {
  return {
    copy: say('code.copy') ?? '',
    copied: say('code.copied') ?? '',
    image: say('image.hidden') ?? '',
    done: say('task.done') ?? '',
    open: say('task.open') ?? '',
  }
}
