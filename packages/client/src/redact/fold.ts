/** A text as the finders read it, and where in the original each of its characters stands. */
export interface Folded {
  readonly text: string
  /** The offset in the original; of the text's length too. */
  at(offset: number): number
}

/** Digits of other scripts: each row begins with its zero. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50]

/** Everything that has to be folded, so that a plain text costs one look. */
const UNUSUAL =
  /[\u00a0\u00ad\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\u2000-\u2015\u202a-\u202f\u2060-\u2069\u2212\u3000\ufeff\uff01-\uff5e]/

/**
 * What people paste is typeset: full-width digits, digits of other scripts, narrow spaces, long dashes,
 * and marks without a width between them. All of these become what the finders know.
 */
export function fold(original: string): Folded {
  if (!UNUSUAL.test(original)) return { text: original, at: (offset) => offset }
  const offsets: number[] = []
  let text = ''
  for (let at = 0; at < original.length; at += 1) {
    const plain = plainOf(original.charCodeAt(at))
    if (plain === null) continue
    text += String.fromCharCode(plain)
    offsets.push(at)
  }
  return { text, at: (offset) => offsets[offset] ?? original.length }
}

const SPACE = 32
const DASH = 45

/** The plain character; `null` for one that nobody sees. */
function plainOf(code: number): number | null {
  if (code < 0x00a0) return code
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  if (code === 0x00a0 || code === 0x202f || code === 0x3000 || (code >= 0x2000 && code <= 0x200a))
    return SPACE
  if (code === 0x2212 || (code >= 0x2010 && code <= 0x2015)) return DASH
  if (code === 0x00ad || code === 0xfeff) return null
  if ((code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)) return null
  if (code >= 0x2060 && code <= 0x2069) return null
  const zero = ZEROS.find((each) => code >= each && code <= each + 9)
  return zero === undefined ? code : code - zero + 48
}
