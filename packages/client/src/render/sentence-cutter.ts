/** Cuts a text that grows into sentences that can be said. */
export interface SentenceCutter {
  /** The sentences that are complete with this; one is once the next has begun. */
  push(delta: string): string[]
  /** What is left when the text has ended. */
  end(): string[]
}

/** A stretch without a sentence's end is said in parts, so that looking for one costs what is new. */
const LONGEST_SENTENCE = 600

/**
 * Sentences by the rules of the language (`Intl.Segmenter`), or by their punctuation where a browser has none. Marks of
 * markdown are left out, because they would be read as words.
 */
export function createSentenceCutter(language?: string): SentenceCutter {
  const boundaries = boundariesOf(language)
  let rest = ''

  const take = (isEnded: boolean): string[] => {
    const sentences = boundaries(rest)
    if (isEnded) rest = ''
    else {
      rest = sentences.pop() ?? ''
      while (rest.length > LONGEST_SENTENCE) {
        const end = rest.lastIndexOf(' ', LONGEST_SENTENCE) + 1 || LONGEST_SENTENCE
        sentences.push(rest.slice(0, end))
        rest = rest.slice(end)
      }
    }
    return sentences.map(withoutMarks).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
  }
  return {
    push(delta) {
      rest += delta
      return take(false)
    },
    end: () => take(true),
  }
}

function boundariesOf(language: string | undefined): (text: string) => string[] {
  if (typeof Intl.Segmenter !== 'function')
    return (text) => (text.match(PUNCTUATED) ?? []).filter((each) => each !== '')
  const segmenter = new Intl.Segmenter(isLanguage(language) ? language : undefined, {
    granularity: 'sentence',
  })
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment)
}

const PUNCTUATED = /(?:[^.!?\n]|[.!?](?!\s))*(?:[.!?]\s+|\n+|$)/g

/** What a page says of its language may be none. */
function isLanguage(language: string | undefined): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0
  } catch {
    return false
  }
}

function withoutMarks(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)?/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\|)[ \t]+/gm, '')
    .replace(/\*\*|__|~~|`+|\|/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
