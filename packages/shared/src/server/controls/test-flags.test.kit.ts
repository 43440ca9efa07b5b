import type { FlagReading } from '../../control.ts'
import type { Identity } from '../identity.ts'
import type { FlagSource } from './flag-source.ts'

/** Flags in memory, which a test sets; a function may look at who asks. */
export interface TestFlags extends FlagSource {
  set(flags: Readonly<Record<string, unknown>>, metadata?: FlagReading['metadata']): void
  readonly listeners: number
}

export function testFlags(first: Readonly<Record<string, unknown>> = {}): TestFlags {
  const listeners = new Set<() => void>()
  let flags = first
  let metadata: FlagReading['metadata'] = {}
  let version = 1
  const read = (key: string, identity: Identity): FlagReading => {
    const said = flags[key]
    const value = typeof said === 'function' ? said(identity) : said
    const state = value === undefined ? 'missing' : 'found'
    return { key, value, variant: String(value), reason: 'STATIC', metadata, state }
  }
  return {
    evaluate: (key, _fallback, identity) => read(key, identity),
    get version() {
      return String(version)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(next, about = {}) {
      flags = next
      metadata = about
      version += 1
      for (const listener of listeners) listener()
    },
    get listeners() {
      return listeners.size
    },
  }
}
