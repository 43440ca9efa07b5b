import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRunCode, readRunCode } from './run-code.ts'

const id = fc.stringMatching(/^[0-9a-f]{32}$/)
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('a run code', () => {
  it('is three groups without letters that are taken for digits', () => {
    expect(encodeRunCode('4bf92f3577b34da6a3ce929d0e0e4736')).toBe('9FWJ-YDBQ-PD6F')
    fc.assert(
      fc.property(id, (runId) => {
        expect(encodeRunCode(runId)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
      }),
    )
  })

  it('leads back to its run, and to few others', () => {
    fc.assert(
      fc.property(id, (runId) => {
        const read = readRunCode(encodeRunCode(runId))
        if (read.problem !== null) throw new Error(read.problem)
        expect(read.from <= runId && runId <= read.to).toBe(true)
        // 55 bits are the same: 13 digits, and 3 bits of the next.
        expect(read.from.slice(0, 13)).toBe(read.to.slice(0, 13))
        expect(Number.parseInt(read.to[13] ?? '', 16) - Number.parseInt(read.from[13] ?? '', 16)).toBe(1)
      }),
    )
  })

  it.each([
    ['in small letters', (code: string) => code.toLowerCase()],
    ['without its groups', (code: string) => code.replaceAll('-', '')],
    ['with spaces', (code: string) => ` ${code.replaceAll('-', ' ')} `],
    ['with O for 0', (code: string) => code.replaceAll('0', 'o')],
    ['with I and L for 1', (code: string) => code.replace('1', 'I').replaceAll('1', 'l')],
  ])('is read %s', (_how, typed) => {
    fc.assert(
      fc.property(id, (runId) => {
        const code = encodeRunCode(runId)
        expect(readRunCode(typed(code))).toEqual(readRunCode(code))
      }),
    )
  })

  it('tells of every single wrong character', () => {
    fc.assert(
      fc.property(id, fc.nat(11), fc.integer({ min: 1, max: 31 }), (runId, at, by) => {
        const code = encodeRunCode(runId).replaceAll('-', '')
        const wrong = ALPHABET[(ALPHABET.indexOf(code[at] ?? '') + by) % 32]
        expect(readRunCode(code.slice(0, at) + wrong + code.slice(at + 1)).problem).toMatch(/wrong/)
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells of any two characters that changed places', () => {
    fc.assert(
      fc.property(id, fc.nat(11), fc.nat(11), (runId, a, b) => {
        const code = Array.from(encodeRunCode(runId).replaceAll('-', ''))
        fc.pre(code[a] !== code[b])
        const swapped = code.map((each, at) => (at === a ? code[b] : at === b ? code[a] : each))
        expect(readRunCode(swapped.join('')).problem).toMatch(/wrong/)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['', /12 characters, this one 0/],
    ['9FWJ-YDBQ', /this one 8/],
    ['9FWJ-YDBQ-PD6F-0', /this one 13/],
    ['9FWJ-UDBQ-PD6F', /"U" is in no run code/],
    ['9FWJ-YDBQ-PD6é', /"É" is in no run code/],
    ['4bf92f3577b34da6a3ce929d0e0e4736', /this one 32/],
  ])('says of %j what is wrong', (text, problem) => {
    expect(readRunCode(text).problem).toMatch(problem)
  })
})
