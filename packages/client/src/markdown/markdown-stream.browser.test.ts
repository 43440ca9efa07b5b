import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SNIPPETS } from './documents-for-tests.ts'
import { createMarkdownStream, type MarkdownStream } from './markdown-stream.ts'
import type { MarkdownOptions } from './options.ts'
import { renderMarkdown } from './render-markdown.ts'

let host: HTMLElement

beforeEach(() => {
  document.body.replaceChildren()
  host = document.body.appendChild(document.createElement('div'))
})

function open(options: MarkdownOptions = {}): MarkdownStream {
  host.replaceChildren()
  return createMarkdownStream(host, options)
}

/** Everything that stands after each character. */
function shownAfterEach(text: string): string[] {
  const stream = open()
  const shown = [...text].map((character) => {
    stream.push(character)
    return host.innerHTML
  })
  stream.end()
  return [...shown, host.innerHTML]
}

function textOf(html: string): string {
  const template = document.createElement('template')
  template.innerHTML = html
  // What a blind spot of the test would be: words of our own.
  for (const button of template.content.querySelectorAll('button')) button.remove()
  return template.content.textContent
}

describe('what is still open', () => {
  const ANSWER = `# Your refund

Hi **Anna**, the *second* charge of \`ch_2\` was a ~~mistake~~ duplicate. See [how refunds work](https://example.com/refunds "Refunds") and
***both*** pages, or **read [the long version](https://example.com/long) first**.

1. We send it **today**.
2. You see it in:
   - three days by \`card\`
   - five days by *transfer*

- [x] refund created
- [ ] statement checked

> A quote with **bold** words

\`\`\`ts
const x = a * b ** c // **not bold**
\`\`\`

| Charge | Amount |
| --- | ---: |
| \`ch_1\` | **24.00** |
| ch_2 | *0.00* |

An image: ![of a chart](https://example.com/chart.png) and a line at the end.
`

  it('is never taken back, in an answer as models write it', () => {
    const shown = shownAfterEach(ANSWER).map(textOf)
    const flat = shown.map((text) => text.replace(/\s+/g, ''))
    for (const [index, text] of flat.entries()) {
      if (index > 0 && !text.startsWith(flat[index - 1] ?? '')) expect(text).toBe(flat[index - 1])
    }
  })

  it('shows no marker on its way', () => {
    open().push(ANSWER)
    const allowed = textOf(host.innerHTML)
    expect(allowed).toContain('b ** c')
    for (const text of shownAfterEach(ANSWER).map(textOf)) {
      for (const marker of ['**', '~~', '](', '```', '|', '[', '- ', '1.', '# ', '> ']) {
        const count = text.split(marker).length
        expect(count, `${marker} in ${text}`).toBeLessThanOrEqual(allowed.split(marker).length)
      }
    }
  })

  it.each([
    ['**bold wo', '<p dir="auto"><strong>bold wo</strong></p>'],
    ['**bold *and emph', '<p dir="auto"><strong>bold <em>and emph</em></strong></p>'],
    ['***both', '<p dir="auto"><em><strong>both</strong></em></p>'],
    ['***both** then em', '<p dir="auto"><em><strong>both</strong> then em</em></p>'],
    ['__bold', '<p dir="auto"><strong>bold</strong></p>'],
    ['~~struck', '<p dir="auto"><del>struck</del></p>'],
    ['about ~5 minutes', '<p dir="auto">about ~5 minutes</p>'],
    ['a `code with **stars', '<p dir="auto">a <code>code with **stars</code></p>'],
    ['a ``code with ` tick', '<p dir="auto">a <code>code with ` tick</code></p>'],
    ['see [the docs](https://exam', '<p dir="auto">see the docs</p>'],
    ['see [the docs](https://example.com "ti', '<p dir="auto">see the docs</p>'],
    ['see [the docs', '<p dir="auto">see the docs</p>'],
    ['see [the docs]', '<p dir="auto">see the docs</p>'],
    ['see [the docs][re', '<p dir="auto">see the docs</p>'],
    ['see [**the bold** docs](htt', '<p dir="auto">see <strong>the bold</strong> docs</p>'],
    ['see **[the docs](htt', '<p dir="auto">see <strong>the docs</strong></p>'],
    ['see [1', '<p dir="auto">see </p>'],
    ['an ![image of a ch', '<p dir="auto">an image of a ch</p>'],
    ['list[0 is no link', '<p dir="auto">list[0 is no link</p>'],
    ['2*3 and 4', '<p dir="auto">2*3 and 4</p>'],
    ['a * b and c ** d', '<p dir="auto">a * b and c ** d</p>'],
    ['snake_case_na', '<p dir="auto">snake_case_na</p>'],
    ['an \\*escaped star', '<p dir="auto">an *escaped star</p>'],
    ['https://example.com/pa', '<p dir="auto">https://example.com/pa</p>'],
    ['mail someone@example.co', '<p dir="auto">mail someone@example.co</p>'],
    ['para\n\n# Head **b', '<p dir="auto">para</p><h1 dir="auto">Head <strong>b</strong></h1>'],
    ['- one\n- two **b', '<ul dir="auto"><li>one</li><li>two <strong>b</strong></li></ul>'],
    ['> quote **b', '<blockquote dir="auto"><p>quote <strong>b</strong></p></blockquote>'],
    ['    code **b', null],
    ['```\ncode **b', null],
    ['# done **b\nnext', '<h1 dir="auto">done **b</h1><p dir="auto">next</p>'],
  ])('reads %j as it would when it ends well', (text, html) => {
    open().push(text)
    if (html === null) expect(host.querySelector('code')?.textContent).toBe('code **b')
    else expect(host.innerHTML.replace(' </p>', '</p>')).toBe(html.replace(' </p>', '</p>'))
  })

  it.each([
    '-',
    '1.',
    '#',
    '>',
    '- [',
    '- [ ]',
    '```',
    '```ts',
    '|',
    '**',
    '* ',
    '&am',
    '\\',
    'para\n-',
    'para\n=',
    '[ref]: ',
    '[ref',
  ])('holds %j until it is decided', (text) => {
    open().push(text)
    expect(host.textContent.replace('para', '')).toBe('')
  })

  it('shows a table once its delimiter row is there, and never its pipes', () => {
    const stream = open()
    stream.push('| a | b |')
    expect(host.textContent).toBe('')
    stream.push('\n| - |')
    expect(host.textContent).toBe('')
    stream.push(' - |\n')
    expect(host.querySelectorAll('th')).toHaveLength(2)
    stream.push('| 1 | 2')
    expect(host.querySelectorAll('td')).toHaveLength(2)
    expect(host.textContent).toBe('ab12')
  })

  it('shows a line with a pipe as text once it can be no table', () => {
    const stream = open()
    stream.push('| a | b |\nno ta')
    expect(host.textContent).toBe('| a | b |\nno ta')
  })

  it('shows what was held once the text ends', () => {
    const stream = open()
    stream.push('an [open](https://exa')
    stream.end()
    expect(host.textContent).toBe('an [open](https://exa')
    expect(host.querySelector('a')?.href ?? null).toBe('https://exa/')
  })

  it('never shows a link with half an address', () => {
    for (const text of [
      'a [link](https://example.com/long/path) b',
      'https://example.com/long/path b',
      'someone@example.com b',
      'a <https://example.com/long/path> b',
      '[ref]: https://example.com/long/path\n\na [ref] b',
    ]) {
      const whole = renderMarkdown(text).querySelector('a')?.href
      expect(whole).toBeTruthy()
      for (const html of shownAfterEach(text)) {
        host.innerHTML = html
        for (const link of host.querySelectorAll('a')) expect(link.href).toBe(whole)
      }
    }
  })

  it('shows no marker that healing added, and makes no link of what has none', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'ab *_~`[]()!\n\n'), maxLength: 60 })
    fc.assert(
      fc.property(
        fc.oneof(soup, fc.constantFrom(...SNIPPETS.filter((each) => !each.includes('&#')))),
        (text) => {
          const stream = open()
          for (const character of text) stream.push(character)
          const inSource = (marker: string) => text.split(marker).length
          for (const marker of '*_~`')
            expect(host.textContent.split(marker).length).toBeLessThanOrEqual(inSource(marker))
          const links = host.querySelectorAll('a').length
          stream.end()
          expect(host.querySelectorAll('a').length).toBeGreaterThanOrEqual(links)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('closed blocks', () => {
  it('are not touched again', async () => {
    const stream = open()
    stream.push('# One\n\nTwo **bold**.\n\n- three\n- four\n\n```\nfive\n```\n\nSix')
    const closed = [...host.children].slice(0, 4)
    const changes: MutationRecord[] = []
    const observer = new MutationObserver((batch) => changes.push(...batch))
    for (const node of closed) {
      observer.observe(node, { attributes: true, characterData: true, childList: true, subtree: true })
    }
    for (let index = 0; index < 50; index++)
      stream.push(` more **words** of ${index}\n\n| a |\n| - |\n| b |\n\nand`)
    stream.end()
    await Promise.resolve()
    observer.disconnect()
    expect(changes).toEqual([])
    expect([...host.children].slice(0, 4)).toEqual(closed)
    expect(host.children.length).toBeGreaterThan(100)
  })

  it('stay when the block after them is one that could have gone on', () => {
    const stream = open()
    stream.push('* a\n***')
    expect(host.innerHTML).toBe('<ul dir="auto"><li>a</li></ul>')
    stream.push('b*** and lazily on')
    stream.end()
    expect(host.innerHTML).toBe('<ul dir="auto"><li>a\n<em><strong>b</strong></em> and lazily on</li></ul>')
  })
})

describe('a selection and the focus', () => {
  it('survive in the paragraph that grows', () => {
    const stream = open()
    stream.push('Select these words, **please')
    const node = host.querySelector('p')?.firstChild
    if (!(node instanceof Text)) throw new Error('No text')
    getSelection()?.setBaseAndExtent(node, 7, node, 12)
    for (const piece of [' do** and', ' `co', 'de`, too\n', 'and on\n\nNext']) stream.push(piece)
    stream.end()
    expect(getSelection()?.toString()).toBe('these')
    expect(getSelection()?.anchorNode).toBe(node)
  })

  it('survive at the button of a code block that grows', () => {
    const stream = open()
    stream.push('```js\nlet a\n')
    const button = host.querySelector('button')
    button?.focus()
    stream.push('let b\n')
    stream.push('```\n\nand')
    stream.end()
    expect(document.activeElement).toBe(button)
  })
})

describe('a definition that comes late', () => {
  it('makes links of exactly the blocks that named it', async () => {
    const stream = open()
    stream.push('see [one]\n\nsee [two] and `[one]`\n\n> quoted [one][]\n\nplain\n\n')
    const [first, second, third, fourth] = host.children
    const touched = new Set<Node>()
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) touched.add(target)
    })
    observer.observe(host, { attributes: true, characterData: true, childList: true, subtree: true })
    stream.push('[one]: https://example.com/one "One"\n\nend')
    await Promise.resolve()
    observer.disconnect()
    const has = (block: Element | undefined) => [...touched].some((node) => block?.contains(node))
    expect([has(first), has(second), has(third), has(fourth)]).toEqual([true, false, true, false])
    expect([...host.querySelectorAll('a')].map((link) => link.outerHTML)).toEqual(
      Array(2).fill(
        '<a href="https://example.com/one" rel="noopener noreferrer nofollow" title="One">one</a>',
      ),
    )
    expect([...host.children].slice(0, 4)).toEqual([first, second, third, fourth])
  })

  it('counts once it is whole, and the first one counts', () => {
    const stream = open()
    stream.push('see [a]\n\n[a]: https://example.com/fir')
    expect(host.querySelector('a')).toBeNull()
    stream.push('st\n[a]: https://example.com/second\n')
    stream.end()
    expect(host.querySelector('a')?.href).toBe('https://example.com/first')
  })

  it('reaches the items of a long list that were done with', () => {
    const stream = open()
    for (let item = 0; item < 100; item++) stream.push(`- item ${item} of a long list, see [a]\n`)
    stream.push('\n[a]: https://example.com\n')
    stream.end()
    expect(host.querySelectorAll('li a')).toHaveLength(100)
  })
})

describe('the work for one frame', () => {
  const LONG: Readonly<Record<string, (index: number) => string>> = {
    paragraphs: (index) => `Paragraph ${index} with **bold** and \`code\`.\n\n`,
    'a code block': (index) => `${index === 0 ? '```\n' : ''}const x = ${index}\n`,
    'a list': (index) => `- item ${index} with **bold**\n`,
    'a table': (index) => `${index === 0 ? '| a | b |\n| - | - |\n' : ''}| ${index} | **b** |\n`,
    'lists in a list': (index) => `1. item ${index}\n   - part\n   - part\n`,
  }

  it.each(Object.entries(LONG))('does not grow with %s', (_name, piece) => {
    const stream = open()
    const made = vi.spyOn(document, 'createElement')
    const perTenth = Array.from({ length: 10 }, (_, tenth) => {
      made.mockClear()
      for (let index = 0; index < 100; index++) stream.push(piece(tenth * 100 + index))
      return made.mock.calls.length
    })
    made.mockRestore()
    stream.end()
    expect(perTenth[9]).toBeGreaterThan(100 / 32)
    expect(perTenth[9]).toBeLessThan((perTenth[1] ?? 0) * 1.3)
  })

  it('is bounded for a block that cannot be shortened, and all is shown in the end', () => {
    const stream = open()
    const made = vi.spyOn(document, 'createElement')
    const words = 'words and more of them, `code` ones too, '
    let behind = 0
    const perTenth = Array.from({ length: 10 }, () => {
      made.mockClear()
      for (let index = 0; index < 100; index++) {
        stream.push(words)
        if (stream.isBehind) behind++
      }
      return made.mock.calls.length
    })
    made.mockRestore()
    expect(behind).toBeGreaterThan(0)
    expect(perTenth[9]).toBeLessThan((perTenth[2] ?? 0) * 2)
    let frames = 0
    while (stream.isBehind && frames < 100) {
      stream.push('')
      frames++
    }
    expect(frames).toBeLessThan(20)
    expect(host.textContent.length).toBe(words.length * 1_000 - 2_000 - 1)
  })

  it('shows a text that comes all at once, all at once', () => {
    const stream = open()
    stream.push('word '.repeat(10_000))
    expect(stream.isBehind).toBe(false)
    expect(host.textContent.length).toBe(49_999)
  })
})

describe('a text', () => {
  it('is replaced in one commit, and goes on', async () => {
    const stream = open()
    stream.push('A partial **answer')
    const changes: MutationRecord[] = []
    const observer = new MutationObserver((batch) => changes.push(...batch))
    observer.observe(host, { childList: true, subtree: true, characterData: true })
    stream.replace('Hi **Anna**,\n\nthank you')
    await Promise.resolve()
    observer.disconnect()
    expect(changes).toHaveLength(1)
    stream.push(' very much.')
    stream.end()
    expect(host.innerHTML).toBe(
      '<p dir="auto">Hi <strong>Anna</strong>,</p><p dir="auto">thank you very much.</p>',
    )
  })

  it('goes on after its end, as if that had not been', () => {
    const stream = open()
    stream.push('- a **b')
    stream.end()
    stream.end()
    stream.push('**\n- c')
    stream.end()
    expect(host.innerHTML).toBe('<ul dir="auto"><li>a <strong>b</strong></li><li>c</li></ul>')
  })

  it('may be empty', () => {
    const stream = open()
    stream.push('')
    stream.replace('')
    stream.end()
    expect(host.childNodes).toHaveLength(0)
  })

  it('may be cut inside of a line end, and inside of a character', () => {
    const stream = open()
    for (const piece of ['a  \r', '\nb\r', '\r', '\n\ud83d', '\ude00']) stream.push(piece)
    stream.end()
    expect(host.innerHTML).toBe('<p dir="auto">a<br>b</p><p dir="auto">\u{1f600}</p>')
  })
})
