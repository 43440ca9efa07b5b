import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextBuffer } from './text-buffer.ts'

describe('createTextBuffer', () => {
  it('reads as one string would, whatever is added, replaced and read in whatever order', () => {
    const action = fc.oneof(
      fc.record({ do: fc.constant('append' as const), text: fc.string() }),
      fc.record({ do: fc.constant('replace' as const), text: fc.string() }),
      fc.record({ do: fc.constant('read' as const), offset: fc.nat(60) }),
    )
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const buffer = createTextBuffer()
        let plain = ''
        for (const action of actions) {
          if (action.do === 'append') {
            buffer.append(action.text)
            plain += action.text
          } else if (action.do === 'replace') {
            buffer.replace(action.text)
            plain = action.text
          } else {
            expect(buffer.readFrom(action.offset)).toBe(plain.slice(action.offset))
            expect(buffer.read()).toBe(plain)
          }
          expect(buffer.length).toBe(plain.length)
        }
        expect(buffer.read()).toBe(plain)
      }),
    )
  })

  it('counts a revision for each replacement and none for an addition', () => {
    const buffer = createTextBuffer()
    buffer.append('a')
    buffer.append('b')
    expect(buffer.revision).toBe(0)
    buffer.replace('c')
    buffer.replace('')
    expect(buffer.revision).toBe(2)
  })

  it('gives the same string again where nothing came between', () => {
    const buffer = createTextBuffer()
    buffer.append('a')
    const first = buffer.read()
    expect(buffer.read()).toBe(first)
  })
})
