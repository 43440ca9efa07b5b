import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256 } from './sha-256.ts'

const byNode = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

it('gives the digests of the standard', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('gives what Node gives, for every length around the ends of blocks', () => {
  for (let length = 0; length <= 200; length += 1) {
    const text = 'é'.repeat(length >> 1) + 'x'.repeat(length & 1)
    expect(sha256(text)).toBe(byNode(text))
  }
})

it('gives what Node gives, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      expect(sha256(text)).toBe(byNode(text))
    }),
  )
})
