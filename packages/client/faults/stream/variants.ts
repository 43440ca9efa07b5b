import type { Row } from './row.ts'

/** A whole answer of one protocol, from which the ways to send and to cut it follow. */
export interface Whole {
  readonly protocol: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly expect: Row['expect']
  /** With this the protocol has said that the answer is whole; once in the body. */
  readonly ownEnd: string
}

type Rewrite = (body: string) => string

/** The same events in every form that the standard allows and servers use. */
const FORMS: Readonly<Record<string, Rewrite>> = {
  'as it is': (body) => body,
  'with CRLF': (body) => body.replaceAll('\n', '\r\n'),
  'with CR': (body) => body.replaceAll('\n', '\r'),
  'with mixed line ends': (body) => body.replaceAll('\n\n', '\r\n\n'),
  'with a BOM': (body) => `\ufeff${body}`,
  'with comments': (body) => `: hello\n\n${body.replaceAll('\n\n', '\n: keep-alive\n\n')}`,
  'with empty events': (body) => `\n\n${body.replaceAll('\n\n', '\n\n\n\nevent: x\n\n')}`,
  'without blanks after colons': (body) => body.replaceAll(/^(data|event): /gm, '$1:'),
  'with ids and retry': (body) => `retry: 10\n\n${body.replaceAll('\n\n', '\nid: same\n\n')}`,
  'with unknown fields': (body) => body.replaceAll('\n\n', '\nx-trace: 1\nnonsense\n\n'),
  'with pings': (body) => body.replaceAll('\n\n', '\n\nevent: ping\ndata: {"type":"ping"}\n\n'),
  'without its last blank line': (body) => body.replace(/\n\n$/, '\n'),
  'without its last line break': (body) => body.replace(/\n\n$/, ''),
}

export function formRows(whole: Whole): Row[] {
  return Object.entries(FORMS).map(([form, rewrite]) => ({
    name: `${whole.protocol}: a whole answer ${form}`,
    body: rewrite(whole.body),
    ...(whole.headers === undefined ? {} : { headers: whole.headers }),
    expect: { ...whole.expect, protocol: whole.protocol },
  }))
}

/** The body cut at every byte, with what is known of each cut: whole, or cut, and how much text at most. */
export interface Cut {
  readonly name: string
  readonly bytes: Uint8Array
  readonly ending: string
}

export function cutsOf({ protocol, body, expect, ownEnd }: Whole): Cut[] {
  if (body.split(ownEnd).length !== 2) throw new Error(`${protocol}: its own end is not once in the body`)
  const encoder = new TextEncoder()
  const bytes = encoder.encode(body)
  const wholeFrom = encoder.encode(body.slice(0, body.indexOf(ownEnd) + ownEnd.length)).length
  return Array.from({ length: bytes.length }, (_, length) => ({
    name: `${protocol}: cut after ${length} of ${bytes.length} bytes`,
    bytes: bytes.slice(0, length),
    ending: length >= wholeFrom ? expect.ending : 'truncated',
  }))
}
