/**
 * A code that leads to a run: eleven characters of its id and one to notice a slip, in Crockford's base 32,
 * which has no letters that are taken for digits. 55 bits: among a million runs a day for a year, one code in
 * 100 million is another run's too.
 *
 * @see https://www.crockford.com/base32.html
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 11
const BITS = 5n * BigInt(CHARACTERS)
const ID_BITS = 128n

/**
 * The code of a run, in three groups.
 *
 * @example
 * encodeRunCode('4bf92f3577b34da6a3ce929d0e0e4736') // '9FWJ-YDBQ-PD6F'
 */
export function encodeRunCode(runId: string): string {
  const bits = BigInt(`0x${runId}`) >> (ID_BITS - BITS)
  const values = Array.from({ length: CHARACTERS }, (_, at) =>
    Number((bits >> BigInt(5 * (CHARACTERS - 1 - at))) & 31n),
  )
  const code = [...values, checkOf(values)].map((value) => ALPHABET[value]).join('')
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** The ids that a code may stand for, or what is wrong with it. */
export type RunCodeReading =
  | {
      readonly problem: null
      /** The first and the last of them, as their texts are sorted. */
      readonly from: string
      readonly to: string
    }
  | { readonly problem: string }

/**
 * Reads a code as people type it: in any case, with O for 0 and I or L for 1, grouped as they like. Any one wrong
 * character is noticed, and any two that changed places.
 */
export function readRunCode(text: string): RunCodeReading {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const values = Array.from(plain, (character) => ALPHABET.indexOf(character))
  const unknown = values.indexOf(-1)
  if (unknown !== -1) return { problem: `"${Array.from(plain)[unknown]}" is in no run code.` }
  if (values.length !== CHARACTERS + 1)
    return { problem: `A run code has ${CHARACTERS + 1} characters, this one ${values.length}.` }
  if (checkOf(values.slice(0, CHARACTERS)) !== values[CHARACTERS])
    return { problem: 'A character of the run code is wrong.' }
  const bits = values.slice(0, CHARACTERS).reduce((sum, value) => (sum << 5n) | BigInt(value), 0n)
  const first = bits << (ID_BITS - BITS)
  return { problem: null, from: hex(first), to: hex(first + (1n << (ID_BITS - BITS)) - 1n) }
}

const hex = (id: bigint) => id.toString(16).padStart(32, '0')

/** x⁵ + x² + 1 */
const POLYNOMIAL = 0b100101

/**
 * A sum over the field of 32 elements, each character times another power of a generator: a wrong character
 * changes it, and so do two that changed places, because no two powers here are the same.
 */
function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value) => twice(sum ^ value), 0)
}

function twice(value: number): number {
  const doubled = value << 1
  return doubled > 31 ? doubled ^ POLYNOMIAL : doubled
}
