import { describe, expect, it } from 'vitest'
import { refusal } from './guard.ts'

const ask = (headers: Record<string, string>, method = 'POST') => refusal({ headers, method })?.status ?? null

describe('refusal', () => {
  it.each(['127.0.0.1:5173', 'localhost:5173', 'localhost', '[::1]:5173'])('answers at %s', (host) => {
    expect(ask({ host })).toBeNull()
  })

  it.each(['evil.example', 'localhost.evil.example:5173', '127.0.0.1.evil.example', ''])(
    'refuses the foreign name %s',
    (host) => {
      expect(ask({ host }, 'GET')).toBe(403)
    },
  )

  it('takes a post from its own pages and from no page at all', () => {
    expect(ask({ host: '127.0.0.1:5173', origin: 'http://127.0.0.1:5173' })).toBeNull()
    expect(ask({ host: '127.0.0.1:5173' })).toBeNull()
  })

  it.each(['http://evil.example', 'http://127.0.0.1:9999', 'null'])('refuses a post from %s', (origin) => {
    expect(ask({ host: '127.0.0.1:5173', origin })).toBe(403)
  })

  it('lets any page link to it', () => {
    expect(ask({ host: '127.0.0.1:5173', origin: 'http://evil.example' }, 'GET')).toBeNull()
  })
})
