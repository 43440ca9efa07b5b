import type {
  Construct,
  ConstructRecord,
  FullNormalizedExtension,
  TokenizeContext,
} from 'micromark-util-types'

/**
 * Past this column a `>` or a list marker is a character like any other. A container takes a column at
 * least, so containers nest no deeper. `- - - - x` costs the square of its length without it, to the parser and
 * to the page.
 */
const MOST_COLUMNS = 96

/**
 * How many markers of a kind one paragraph (or heading, or cell) may hold; more are text. Emphasis is resolved
 * by looking back at every marker before, so a paragraph of nothing but asterisks costs their square.
 */
const MOST_MARKERS = 500

/** Nested images cost more than that: the description of each is that of all inside of it. */
const MOST_IMAGES = 100

const CONTAINER_MARKERS = '*+-0123456789>'
const INLINE_MARKERS = '*_~[!'

/** Puts bounds to constructs of one parse; the maps are that parse's own. */
export function boundConstructs({ document, text }: FullNormalizedExtension): void {
  for (const marker of CONTAINER_MARKERS) {
    wrap(document, marker, (context) => {
      if (isAfterIndentedCode(context)) context.interrupt = false
      return context.now().column <= MOST_COLUMNS
    })
  }
  for (const marker of INLINE_MARKERS) {
    const seen = new WeakMap<TokenizeContext, number>()
    wrap(text, marker, (context) => {
      const count = (seen.get(context) ?? 0) + 1
      seen.set(context, count)
      return count <= (marker === '!' ? MOST_IMAGES : MOST_MARKERS)
    })
  }
}

/**
 * A list may begin with any number, or with an empty item, except where it would interrupt a paragraph.
 * micromark takes indented code for one, even when a blank line stands between.
 */
function isAfterIndentedCode({ events }: TokenizeContext): boolean {
  const flow = events.findLast(([, token]) => token.type === 'chunkFlow')?.[1]._tokenizer
  return flow?.currentConstruct?.name === 'codeIndented'
}

function wrap(
  record: ConstructRecord,
  marker: string,
  isAllowed: (context: TokenizeContext) => boolean,
): void {
  const code = marker.charCodeAt(0)
  const constructs = record[code]
  if (constructs === undefined) return
  const list: Construct[] = Array.isArray(constructs) ? constructs : [constructs]
  record[code] = list.map((construct) => ({
    ...construct,
    tokenize(effects, ok, nok) {
      return isAllowed(this) ? construct.tokenize.call(this, effects, ok, nok) : nok
    },
  }))
}
