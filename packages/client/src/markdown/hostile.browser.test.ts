import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMarkdownStream } from './markdown-stream.ts'
import type { MarkdownOptions } from './options.ts'
import { renderMarkdown } from './render-markdown.ts'

let host: HTMLElement

beforeEach(() => {
  document.body.replaceChildren()
  host = document.body.appendChild(document.createElement('div'))
})

/** Read at once, and one character at a time: what either shows at any time. */
function everyState(text: string, options: MarkdownOptions = {}): Element[] {
  const whole = document.createElement('div')
  whole.append(renderMarkdown(text, options))
  const states: Element[] = [whole]
  const stream = createMarkdownStream(host, options)
  for (const character of text) {
    stream.push(character)
    states.push(host.cloneNode(true) as Element)
  }
  stream.end()
  return [...states, host]
}

describe('HTML', () => {
  it.each([
    '<script>window.hacked = true</script>',
    '<img src=x onerror="window.hacked = true">',
    'a <b onclick=alert(1)>b</b> c',
    '<style>body{display:none}</style>\n\n<iframe srcdoc="<script>top.hacked=true</script>"></iframe>',
    '<!-- comment --> <?php ?> <![CDATA[x]]>',
    '<svg><animate onbegin=alert(1)>',
    '`<b>` and ```` <i> ````\n\n    <u>\n\n```html\n<s>\n```',
    '| <b>a</b> |\n| - |\n| <img src=x> |',
    '[<img src=x onerror=alert(1)>](https://example.com)',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('is the text it is: %s', async (text) => {
    for (const state of everyState(text)) {
      expect(state.querySelector('script, img, b, style, iframe, svg, animate, i, u, s')).toBeNull()
    }
    await new Promise((resolve) => setTimeout(resolve))
    expect(window).not.toHaveProperty('hacked')
    expect(host.textContent).toContain('<')
  })

  it('is never made by a sink that reads it', () => {
    const sinks = [
      vi.spyOn(Element.prototype, 'innerHTML', 'set'),
      vi.spyOn(Element.prototype, 'outerHTML', 'set'),
      vi.spyOn(Element.prototype, 'insertAdjacentHTML'),
      vi.spyOn(document, 'write'),
      vi.spyOn(Range.prototype, 'createContextualFragment'),
      vi.spyOn(DOMParser.prototype, 'parseFromString'),
    ]
    everyState('# a\n\n- **b**\n\n```js\nc\n```\n\n| d |\n| - |\n| e |\n\n&amp; &copy; &notit; ![f](g)')
    const calls = sinks.map((sink) => sink.mock.calls)
    for (const sink of sinks) sink.mockRestore()
    // The parser lets the browser decode a character reference, in an element of its own that no page has.
    const decoded = calls[0]?.map(([html]) => html) ?? []
    expect(decoded.every((html) => /^&[a-z\d]+;$/i.test(html))).toBe(true)
    expect(calls.slice(1)).toEqual([[], [], [], [], []])
  })
})

describe('a link', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '<java\tscript:alert(1)>',
    '&#x6A;avascript:alert(1)',
    'javascript&colon;alert(1)',
    '&#1;javascript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u00a0javascript:alert(1)',
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/x',
    'file:///etc/passwd',
    'about:blank',
    'view-source:https://example.com',
    'ftp://example.com',
    'tel:123',
    '//example.com',
    '\\\\example.com',
    '/path',
    '#fragment',
    '?query',
    'http://',
    'https://[bad',
    '',
  ])('leads nowhere for %j, whichever way it is written', (address) => {
    const text = `[a](${address}) [b](<${address}>) [c][r] <${address}> ![d](${address})\n\n[r]: <${address}>`
    for (const state of everyState(text)) {
      expect([...state.querySelectorAll('a')].map((link) => link.href)).toEqual([])
      expect(state.querySelector('img')).toBeNull()
    }
    expect(host.textContent).toContain('a')
  })

  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['HTTP://example.com', 'http://example.com/'],
    ['mailto:someone@example.com', 'mailto:someone@example.com'],
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['https://example.com/%41%zz', 'https://example.com/%41%25zz'],
    ['https://example.com/ä?\ud800', 'https://example.com/%C3%A4?%EF%BF%BD'],
  ])('leads to %j', (address, href) => {
    host.append(renderMarkdown(`[a](<${address}>)`, { target: '_blank' }))
    const link = host.querySelector('a')
    expect(link?.href).toBe(href)
    expect(link?.rel).toBe('noopener noreferrer nofollow')
    expect(link?.target).toBe('_blank')
  })

  it('may lead to the own site where that is allowed, and no further', () => {
    const options = { allowRelativeLinks: true }
    const text =
      '[a](/path) [b](#top) [c](?q) [d](//evil.example) [e](\\\\\\\\evil.example) [f](/\\\\evil.example) [g](javascript:x) [h](page)'
    host.append(renderMarkdown(text, options))
    expect(
      [...host.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['a', '/path'],
      ['b', '#top'],
      ['c', '?q'],
      ['h', 'page'],
    ])
  })

  it('is none where an address only looks bare', () => {
    host.append(
      renderMarkdown('javascript://x https://user:secret@example.com xhttps://example.com www. https://'),
    )
    expect([...host.querySelectorAll('a')].map((link) => link.href)).toEqual([
      'https://user:secret@example.com/',
    ])
  })
})

describe('healing', () => {
  it('never leads anywhere that the text so far does not', () => {
    const piece = fc.constantFrom(
      ...[
        'https://a.example/b',
        'www.c.example',
        'd@e.example',
        'javascript:f',
        '[',
        ']',
        '(',
        ')',
        '](',
        '![',
        '<',
        '>',
      ],
      ...['*', '**', '_', '`', '~~', '\\', ' ', ' ', '\n', 'g', '[h]: https://i.example\n\n', '[h]'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const stream = createMarkdownStream(host)
        stream.replace('')
        let text = ''
        for (const each of pieces) {
          stream.push(each)
          text += each
          const whole = [...renderMarkdown(text).querySelectorAll('a')].map(({ href }) => href)
          for (const link of host.querySelectorAll('a')) expect(whole).toContain(link.href)
        }
      }),
      { numRuns: 1_500 },
    )
  })
})

describe('an image', () => {
  const text = 'a ![of a chart](https://images.example.com/x.png?secret=1 "t") b'

  it('is its description, and nothing is loaded', () => {
    for (const state of everyState(text))
      expect(state.querySelector('img, picture, video, object')).toBeNull()
    expect(host.querySelector('.evenkeel-image')?.textContent).toBe('of a chart')
  })

  it.each([
    'https://images.example.com.evil.example/x.png',
    'https://images.example.com@evil.example/x.png',
    'https://user@images.example.com/x.png',
    'https://sub.images.example.com/x.png',
    'https://images.example.com:8443/x.png',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'javascript:alert(1)',
    'blob:https://images.example.com/x',
    '/x.png',
  ])('is not loaded from %s where another host is allowed', (address) => {
    for (const state of everyState(`![a](<${address}>)`, { allowedImageHosts: ['images.example.com'] })) {
      expect(state.querySelector('img')).toBeNull()
    }
  })

  it('is loaded from a host that is allowed, late and without telling where it stands', () => {
    host.append(renderMarkdown(text, { allowedImageHosts: ['images.example.com'] }))
    const image = host.querySelector('img')
    expect(image?.alt).toBe('of a chart')
    expect([image?.loading, image?.referrerPolicy, image?.title]).toEqual(['lazy', 'no-referrer', 't'])
  })

  it('says that it is one where it has no description', () => {
    host.append(renderMarkdown('![](https://example.com/x.png)'))
    expect(host.textContent).toBe('Image')
  })
})

describe('a code block', () => {
  it('brings no class of the product', () => {
    host.append(renderMarkdown('```js\u000cfixed\u00a0inset-0 z-50\ncode\n```\n\n~~~ x"onclick="y\n~~~'))
    expect([...host.querySelectorAll('code')].map((code) => [...code.classList])).toEqual([
      ['language-js'],
      ['language-x"onclick="y'],
    ])
    expect(host.querySelectorAll('[onclick]')).toHaveLength(0)
  })
})

describe('depth', () => {
  const depthOf = (node: Element): number => 1 + Math.max(0, ...[...node.children].map(depthOf))

  it.each([
    ['quotes', '>'.repeat(5_000)],
    ['quotes, with blanks', '> '.repeat(5_000)],
    ['lists', '- '.repeat(5_000)],
    ['numbered lists', '1. '.repeat(3_000)],
    [
      'lists by indentation',
      Array.from({ length: 300 }, (_, level) => `${' '.repeat(level * 2)}- a`).join('\n'),
    ],
    ['emphasis', `${'*a **b '.repeat(1_000)}c${'** d*'.repeat(1_000)}`],
    ['images', `${'!['.repeat(2_000)}a${'](b)'.repeat(2_000)}`],
    ['links', `${'['.repeat(2_000)}a${'](b)'.repeat(2_000)}`],
  ])('is bounded for %s', (_name, markers) => {
    const text = `${markers}words`
    host.append(renderMarkdown(text))
    expect(depthOf(host)).toBeLessThan(260)
    expect(host.textContent).toContain('words')
  })
})

describe('time', () => {
  const SIZE = 40_000
  const times = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length))

  it.each([
    '[',
    '![',
    '*',
    '**',
    '_',
    '`',
    '~',
    '<',
    '&',
    '\\',
    '|',
    '>',
    '> ',
    '- ',
    '1. ',
    '#',
    '(',
    ')',
    ']',
    '!',
    '*a ',
    '**a ',
    '*a_ ',
    'a*',
    '_a',
    '~a~~ ',
    '[a',
    '[a]',
    '[a](',
    '[a](b',
    '[a](b "',
    '[a](b (c',
    '[a][',
    'a]',
    '![a',
    '`a``b',
    '<a:',
    '<http://a ',
    '&amp',
    '&#',
    'www.',
    'www.a_b.',
    'http://',
    'http://a_a.',
    'a@',
    'a@b.',
    'a.b+c@d-',
    '- a\n',
    '> a\n',
    '>\n',
    '1. a\n',
    '# a\n',
    '[a]: b\n',
    '[a]: b "\n',
    '[\n',
    '|\n',
    '| a ',
    '    a\n',
    '```\n',
    '\t',
    '* * ',
    '-\n\n',
    'a  \n',
    'a\\\n',
    '***a** ',
    '<a@b.c ',
    '![[',
    '[*',
    '*[',
    '"(',
    "[a](b '",
  ])(
    'is bounded for 40 KB of %j',
    (piece) => {
      const text = times(piece)
      const startedMs = performance.now()
      renderMarkdown(text)
      const wholeMs = performance.now() - startedMs
      const stream = createMarkdownStream(host)
      for (let from = 0; from < text.length; from += 2_000) stream.push(text.slice(from, from + 2_000))
      stream.end()
      host.replaceChildren()
      const streamedMs = performance.now() - startedMs - wholeMs
      // Far more than it takes on a busy machine, and far less than the square of the length or worse would.
      expect(wholeMs).toBeLessThan(6_000)
      expect(streamedMs).toBeLessThan(15_000)
    },
    30_000,
  )

  it('is bounded for a table of many columns and short rows', () => {
    const text = `${'|a'.repeat(4_000)}\n${'|-'.repeat(4_000)}\n${'a\n'.repeat(20_000)}`
    host.append(renderMarkdown(text))
    expect(host.querySelectorAll('td, th').length).toBeLessThan(30_000)
  }, 30_000)
})
