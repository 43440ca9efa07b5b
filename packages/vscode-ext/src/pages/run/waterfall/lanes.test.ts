import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeLabels, placeLineLabels, widthOfText } from './lanes.ts'

const labels = fc.array(
  fc.record({
    position: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.string({ minLength: 1, maxLength: 24 }),
  }),
  { maxLength: 8 },
)
const widths = fc.integer({ min: 180, max: 1_600 })

describe.each([
  ['labels', placeLabels],
  ['labels of lines', placeLineLabels],
])('%s', (_, place) => {
  it('in one lane never touch, and none leaves the axis', () => {
    fc.assert(
      fc.property(labels, widths, (wanted, axisPx) => {
        const placed = place(wanted, axisPx)
        expect(placed.length).toBe(wanted.length)
        const boxes = placed.map(({ lane, left }, index) => ({
          lane,
          left,
          right: left + widthOfText(wanted[index]?.text ?? ''),
        }))
        for (const [index, box] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(0)
          expect(box.right).toBeLessThanOrEqual(Math.max(axisPx, box.right - box.left) + 1e-6)
          for (const other of boxes.slice(index + 1)) {
            if (other.lane !== box.lane) continue
            expect(box.right <= other.left || box.left >= other.right).toBe(true)
          }
        }
      }),
    )
  })
})

describe('a label', () => {
  it.each([
    [0.1, 'after'],
    [0.95, 'before'],
  ])('at %d of the axis stands %s its place', (position, side) => {
    expect(placeLabels([{ position, text: 'Settled 18 s' }], 800)[0]?.side).toBe(side)
  })

  it('stands across its place where neither side has the room', () => {
    const text = 'First token budget 500 ms'
    expect(placeLabels([{ position: 0.5, text }], 200)[0]).toMatchObject({ side: 'across', left: 0 })
  })
})

it('no line runs through the label of another that hangs on the same side', () => {
  const one = { position: 0.03, text: 'First token budget 500 ms, broken' }
  const two = { position: 0.1, text: 'Complete budget 5 s, broken' }
  const after = placeLineLabels([one, two], 800)
  expect(after.map(({ lane }) => lane)).toEqual([1, 0])
  const before = placeLineLabels(
    [
      { ...one, position: 0.98 },
      { ...two, position: 0.95 },
    ],
    800,
  )
  expect(before.map(({ lane }) => lane)).toEqual([1, 0])
})
