const WORDS =
  'the invoice was charged twice because a second payment ran before first one had settled so we return the money today and you will see it on your account within three working days please tell us if it does not arrive'.split(
    ' ',
  )

/** What a document holds, so that whoever drew it can be asked whether it is all there. */
export interface Inventory {
  readonly headings: number
  readonly items: number
  readonly cells: number
  /** The words of every paragraph, in order, without markup. */
  readonly paragraphs: readonly string[]
  /** The code of every block, in order. */
  readonly code: readonly string[]
}

export interface MarkdownDocument {
  readonly text: string
  readonly inventory: Inventory
}

/**
 * At least `sizeBytes` of markdown as models write it: sections of a heading, paragraphs with emphasis, links and
 * code, a list, and in turn a table, a code block or a quote. Every tenth has the same mixture, and every run
 * the same text.
 */
export function markdownDocument(sizeBytes: number): MarkdownDocument {
  const random = createRandom()
  const words = (count: number): string =>
    Array.from({ length: count }, () => WORDS[random() % WORDS.length]).join(' ')
  const paragraph = (section: number): string =>
    [
      `${words(12)} **${words(3)}** ${words(9)} *${words(2)}* and \`order.${words(1)}(${section})\`,`,
      `${words(14)} [${words(3)}](https://example.com/help/${section}) ${words(11)}.`,
    ].join('\n')

  const blocks: string[] = []
  const paragraphs: string[] = []
  const code: string[] = []
  let headings = 0
  let items = 0
  let cells = 0
  let length = 0
  for (let section = 1; length < sizeBytes; section += 1) {
    const from = blocks.length
    const prose = [paragraph(section), paragraph(section)]
    paragraphs.push(...prose.map(withoutMarkup))
    blocks.push(`## ${section}. ${words(4)}`, ...prose)
    headings += 1
    blocks.push(
      Array.from(
        { length: 4 },
        (_, index) => `${index % 2 === 0 ? '-' : '  -'} ${words(6)} **${words(2)}** ${words(4)}`,
      ).join('\n'),
    )
    items += 4
    if (section % 3 === 0) {
      const row = () => `| ${words(2)} | ${words(3)} | \`${random() % 1000}\` |`
      blocks.push(['| case | what we do | days |', '| :--- | :--- | ---: |', row(), row(), row()].join('\n'))
      cells += 12
    } else if (section % 3 === 1) {
      const body = Array.from(
        { length: 8 },
        (_, line) => `const ${words(1)}${line} = await refund('${words(2)}', ${random() % 1000})`,
      ).join('\n')
      code.push(body)
      blocks.push(`\`\`\`ts\n${body}\n\`\`\``)
    } else {
      const quote = `> ${words(18)} **${words(2)}**\n> ${words(10)}.`
      paragraphs.push(withoutMarkup(quote.replaceAll('> ', '')))
      blocks.push(quote)
    }
    for (const block of blocks.slice(from)) length += block.length + 2
  }
  return { text: blocks.join('\n\n'), inventory: { headings, items, cells, paragraphs, code } }
}

/** Of this document's own inline markup: emphasis, code and links. */
function withoutMarkup(text: string): string {
  return text.replaceAll(/[*`]|\]\([^)]*\)|\[/g, '')
}

/** The text as a model hands it over: about four characters at a time, wherever a word ends. */
export function deltasOf(text: string): string[] {
  return text.match(/\s*\S{1,6}/g) ?? []
}

function createRandom(): () => number {
  let seed = 1
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed
  }
}
