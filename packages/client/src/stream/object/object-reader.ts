import { createSnapshots } from './snapshots.ts'

/** Reads one JSON value while its text streams in. */
export interface ObjectReader {
  /** Takes the next piece of the text, of any length, cut anywhere. */
  push(text: string): void
  /**
   * What has arrived so far, as a value that never changes afterwards; `undefined` before anything has.
   * Strings show as far as they have come; numbers and literals once they are whole. Subtrees that did
   * not change since the last call are the same objects, so that memoised rows do not render again.
   */
  snapshot(): unknown
  /** Whether the value is whole; only white space may follow. */
  readonly complete: boolean
  /** Why the text is not JSON, with the offset; the value stays as it was. `null` while it may be. */
  readonly error: string | null
}

/** Deeper nesting than this is hostile or broken, and would exhaust the stack of whatever renders it. */
const MAX_DEPTH = 256

const QUOTE = 0x22
const BACKSLASH = 0x5c
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }
/** https://www.rfc-editor.org/rfc/rfc8259#section-6 */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

type State =
  | 'value'
  | 'value or ]'
  | 'key'
  | 'key or }'
  | ':'
  | ', or end'
  | 'string'
  | 'escape'
  | 'unicode'
  | 'word'
  | 'done'

/**
 * Reads JSON in one pass: the cost is linear in the length of the text however small its pieces, because
 * nothing is ever read twice.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function createObjectReader(): ObjectReader {
  const tree = createSnapshots()
  /** `}` or `]` for each open container, innermost last. */
  const closers: string[] = []
  let state: State = 'value'
  let error: string | null = null
  let offset = 0
  /** The string, number or literal in hand, as far as it has come. */
  let pending = ''
  let isKey = false
  let hex = ''

  function fail(what: string, at: number): void {
    error = `${what} at character ${offset + at}`
  }

  function afterValue(): void {
    state = closers.length === 0 ? 'done' : ', or end'
  }

  function open(closer: '}' | ']', at: number): void {
    if (closers.length === MAX_DEPTH) return fail(`nesting deeper than ${MAX_DEPTH}`, at)
    closers.push(closer)
    tree.open(closer === ']')
    state = closer === ']' ? 'value or ]' : 'key or }'
  }

  function close(): void {
    closers.pop()
    tree.close()
    afterValue()
  }

  function beginValue(char: string, at: number): void {
    if (char === '{') return open('}', at)
    if (char === '[') return open(']', at)
    pending = ''
    if (char === '"') {
      isKey = false
      state = 'string'
    } else if (char === '-' || (char >= '0' && char <= '9') || char === 't' || char === 'f' || char === 'n') {
      pending = char
      state = 'word'
    } else {
      fail('a value should begin', at)
    }
  }

  function endString(): void {
    if (isKey) {
      tree.key(pending)
      state = ':'
    } else {
      tree.value(pending)
      afterValue()
    }
  }

  /** A number or literal ends where the next character is none of its own. */
  function endWord(at: number): void {
    if (Object.hasOwn(LITERALS, pending)) tree.value(LITERALS[pending])
    else if (NUMBER.test(pending)) tree.value(Number(pending))
    else return fail(`'${pending.slice(0, 20)}' is no JSON value`, at)
    afterValue()
  }

  /** Takes as much of a string as lies before its next escape or end; returns the index of the last character taken. */
  function takeString(text: string, from: number): number {
    let at = from
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === QUOTE || code === BACKSLASH) break
      if (code < 0x20) {
        fail('a control character in a string', at)
        return at
      }
    }
    if (at > from) pending += text.slice(from, at)
    if (at === text.length) return at
    if (text.charCodeAt(at) === QUOTE) endString()
    else state = 'escape'
    return at
  }

  function takeEscape(char: string, at: number): void {
    if (char === 'u') {
      hex = ''
      state = 'unicode'
      return
    }
    const meant = ESCAPES[char]
    if (meant === undefined) return fail('an unknown escape', at)
    pending += meant
    state = 'string'
  }

  function takeHex(char: string, at: number): void {
    if (!/[0-9a-fA-F]/.test(char)) return fail('an escape that is not hexadecimal', at)
    hex += char
    if (hex.length < 4) return
    pending += String.fromCharCode(Number.parseInt(hex, 16))
    state = 'string'
  }

  /** What stands between values, keys and their marks. */
  function takeMark(char: string, at: number): void {
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') return
    switch (state) {
      case 'value or ]':
        if (char === ']') return close()
        return beginValue(char, at)
      case 'value':
        return beginValue(char, at)
      case 'key or }':
      case 'key':
        if (char === '}' && state === 'key or }') return close()
        if (char !== '"') return fail('a key should begin', at)
        pending = ''
        isKey = true
        state = 'string'
        return
      case ':':
        if (char !== ':') return fail("':' is missing", at)
        state = 'value'
        return
      case ', or end': {
        const closer = closers.at(-1)
        if (char === closer) return close()
        if (char !== ',') return fail(`',' or '${closer}' is missing`, at)
        state = closer === ']' ? 'value' : 'key'
        return
      }
      default:
        fail('text after the end', at)
    }
  }

  return {
    push(text) {
      for (let at = 0; at < text.length && error === null; at += 1) {
        switch (state) {
          case 'string':
            at = takeString(text, at)
            break
          case 'escape':
            takeEscape(text.charAt(at), at)
            break
          case 'unicode':
            takeHex(text.charAt(at), at)
            break
          case 'word': {
            const char = text.charAt(at)
            if (/[0-9a-zA-Z+.-]/.test(char)) {
              pending += char
              break
            }
            endWord(at)
            if (error === null) takeMark(char, at)
            break
          }
          default:
            takeMark(text.charAt(at), at)
        }
      }
      offset += text.length
    },
    snapshot() {
      const showsString =
        !isKey && (state === 'string' || state === 'escape' || state === 'unicode') && error === null
      return tree.snapshot(showsString ? withoutHalfPair(pending) : undefined)
    },
    get complete() {
      // A number at the top level has no end of its own: it is whole when the text ends in it.
      return (
        error === null && (state === 'done' || (state === 'word' && closers.length === 0 && isWhole(pending)))
      )
    },
    get error() {
      return error
    },
  }
}

function isWhole(word: string): boolean {
  return Object.hasOwn(LITERALS, word) || NUMBER.test(word)
}

/** A high surrogate waits for its low one, so that no broken character is ever shown. */
function withoutHalfPair(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
