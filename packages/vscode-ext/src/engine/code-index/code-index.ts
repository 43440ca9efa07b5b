import { type FeatureSite, findFeatures } from './find-features.ts'
import { editBetween, reanchor } from './reanchor.ts'

/** Knows where files define features, also while one is being typed in. */
export interface CodeIndex {
  /** The features of this text. Where it does not parse, those of the last text that did, moved along. */
  read(fileName: string, text: string): readonly FeatureSite[]
  /** The file was closed. */
  forget(fileName: string): void
}

interface LastGood {
  readonly text: string
  readonly sites: readonly FeatureSite[]
}

/** Longer files are bundles and data; parsing them would hold up the editor for nothing. */
const LONGEST = 1_000_000

/**
 * An index that keeps each file's last good result, because a file in the middle of an edit has a missing
 * brace most of the time, and facts that vanish with every keystroke move the code under the hands.
 */
export function createCodeIndex(find: typeof findFeatures = findFeatures): CodeIndex {
  const lastGood = new Map<string, LastGood>()
  return {
    read(fileName, text) {
      const known = lastGood.get(fileName)
      if (known?.text === text) return known.sites
      if (text.length > LONGEST) return []
      try {
        const sites = find(fileName, text)
        lastGood.set(fileName, { text, sites })
        return sites
      } catch {
        return known === undefined ? [] : moved(known, text)
      }
    },
    forget: (fileName) => {
      lastGood.delete(fileName)
    },
  }
}

function moved({ text: before, sites }: LastGood, after: string): FeatureSite[] {
  const edit = editBetween(before, after)
  return sites.flatMap((site) => {
    const start = reanchor(site.start, edit)
    if (start === null) return []
    // Typing inside the call is the usual case: its start stands, and its end is where the edit leaves it.
    return [{ ...site, start, end: reanchor(site.end, edit) ?? Math.max(start, edit.endAfter) }]
  })
}
