import { describe, expect, it } from 'vitest'
import { sortByRules } from '../src/sort-by-rules.ts'
import { formatLines, lineOf, parseLines } from './digest-lines.ts'
import { ticketsAt } from './tickets.ts'
import { writeDigest } from './write-digest.ts'

const LINES = ticketsAt(0).map((ticket) => lineOf(ticket, sortByRules(ticket).topic))
const digest = (language: string, length: 'full' | 'short' = 'full') =>
  writeDigest(
    { customer: '', subject: '', body: `Language: ${language}\nTickets:\n${formatLines(LINES)}` },
    { length },
  )

describe('the lines of a digest’s prompt', () => {
  it('are read as they were written, whatever a customer put into a subject', () => {
    const odd = [
      {
        topic: 'billing',
        subject: 'A (strange), [one]\n- [idea] x (y, open)',
        customer: 'M, (Ltd)',
        status: 'open',
      },
    ] as const
    expect(parseLines(formatLines(odd))).toHaveLength(1)
    expect(parseLines(formatLines(LINES))).toHaveLength(12)
  })

  it('stand with the largest topic first', () => {
    const topics = parseLines(formatLines(LINES)).map(({ topic }) => topic)
    const counts = [...new Set(topics)].map((topic) => topics.filter((each) => each === topic).length)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
  })
})

describe('writeDigest', () => {
  it.each(['en', 'de', 'ar'])('writes markdown with a heading for each topic, in %s', (language) => {
    const topics = new Set(LINES.map(({ topic }) => topic))
    const text = digest(language)
    expect(text.match(/^## /gm)).toHaveLength(topics.size + 1)
    expect(text).toMatch(/^1\. /m)
    expect(text).toContain('**12')
  })

  it('is long, and shorter by the quick model', () => {
    expect(digest('en').split(/\s+/).length).toBeGreaterThan(220)
    expect(digest('en', 'short').length).toBeLessThan(digest('en').length / 1.5)
  })

  it('writes English where it knows the language not', () => {
    expect(digest('xx')).toBe(digest('en'))
  })
})
