const WORDS = 64
const BLOCK_BYTES = 64

/**
 * SHA-256 of a text's UTF-8 bytes, in lower-case hex. By hand, because the browser's own is missing on pages
 * without TLS, and a cache without it would have to keep inputs in the clear.
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final, section 6.2
 */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text))
  const state = Uint32Array.from(ROOTS_OF_2)
  const schedule = new Uint32Array(WORDS)
  for (let at = 0; at < message.byteLength; at += BLOCK_BYTES) {
    for (let t = 0; t < 16; t += 1) schedule[t] = message.getUint32(at + t * 4)
    compress(state, schedule)
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

function compress(state: Uint32Array, w: Uint32Array): void {
  for (let t = 16; t < WORDS; t += 1) {
    const early = word(w, t - 15)
    const late = word(w, t - 2)
    const small0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const small1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    w[t] = small1 + word(w, t - 7) + small0 + word(w, t - 16)
  }
  let [a, b, c, d, e, f, g, h] = [...state] as Eight
  for (let t = 0; t < WORDS; t += 1) {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const chosen = (e & f) ^ (~e & g)
    const added = (h + big1 + chosen + word(ROUND_CONSTANTS, t) + word(w, t)) | 0
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + added) | 0
    d = c
    c = b
    b = a
    a = (added + big0 + majority) | 0
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = word(state, index) + value
}

type Eight = [number, number, number, number, number, number, number, number]

const turn = (value: number, by: number): number => (value >>> by) | (value << (32 - by))
const word = (words: Uint32Array, at: number): number => words[at] ?? 0

/** The message, one bit, zeros, and its length in bits, in whole blocks. */
function padded(bytes: Uint8Array): DataView {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  const view = new DataView(whole.buffer)
  view.setUint32(whole.length - 8, Math.floor((bytes.length * 8) / 2 ** 32))
  view.setUint32(whole.length - 4, bytes.length * 8)
  return view
}

const primes = firstPrimes(WORDS)
/** The first 32 bits of the fractions of the roots of the first primes. */
const fractions = (root: (prime: number) => number, count: number) =>
  Uint32Array.from(primes.slice(0, count), (prime) => (root(prime) % 1) * 2 ** 32)
const ROUND_CONSTANTS = fractions(Math.cbrt, WORDS)
const ROOTS_OF_2 = fractions(Math.sqrt, 8)

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}
