import type { AnswerEnd, AnswerHead, AnswerKey, KeptAnswer, ResumeStore } from './resume-store.ts'

/** How much is kept, and for how long. */
export interface MemoryResumeStoreOptions {
  /** 1,000 where absent. */
  readonly maxAnswers?: number
  /** Of one answer; 1 MiB where absent. What grows longer cannot be resumed. */
  readonly maxAnswerBytes?: number
  /** Of all together; 64 MiB where absent. */
  readonly maxBytes?: number
  /** How long an answer stays after its last event; two minutes where absent. */
  readonly keepMs?: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** A store in this process's memory, and how full it is. */
export interface MemoryResumeStore extends ResumeStore {
  readonly answers: number
  readonly bytes: number
  /** Lets go of everything; its only timer stops. */
  clear(): void
}

interface Answer {
  readonly head: AnswerHead
  readonly onDropped: () => void
  readonly events: Uint8Array[]
  bytes: number
  end: AnswerEnd | 'dropped' | null
  /** Of the last event, or the end. */
  writtenAtMs: number
  readers: number
  readAtMs: number
  /** Readers that wait for more. */
  readonly waiting: Set<() => void>
}

const MEBIBYTE = 1024 * 1024

/**
 * Keeps answers in memory, bounded in number, bytes and age. For one process: behind a load balancer
 * that sends a browser anywhere, give `withEvenkeel` a store that all processes share.
 *
 * Where it is full, ended answers make way, the oldest first; where none has ended, a new one is not kept.
 */
export function createMemoryResumeStore(options: MemoryResumeStoreOptions = {}): MemoryResumeStore {
  const {
    maxAnswers = 1_000,
    maxAnswerBytes = MEBIBYTE,
    maxBytes = 64 * MEBIBYTE,
    keepMs = 120_000,
    now = () => performance.now(),
  } = options
  const answers = new Map<string, Answer>()
  let bytes = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  function drop(name: string): void {
    const answer = answers.get(name)
    if (answer === undefined) return
    answers.delete(name)
    bytes -= answer.bytes
    if (answer.end === null) {
      answer.end = 'dropped'
      wake(answer)
      answer.onDropped()
    }
    if (answers.size === 0 && timer !== null) {
      clearTimeout(timer)
      timer = null
    }
  }

  function purge(): void {
    const nowMs = now()
    for (const [name, { writtenAtMs }] of answers) if (nowMs - writtenAtMs >= keepMs) drop(name)
  }

  /** One timer for all, so that an idle server forgets too; it keeps no process alive. */
  function setTimer(): void {
    if (timer !== null || answers.size === 0) return
    timer = setTimeout(() => {
      timer = null
      purge()
      setTimer()
    }, keepMs)
    if (typeof timer === 'object') timer.unref?.()
  }

  /** Lets ended answers go until this holds; false where that did not do. */
  function makeRoom(fits: () => boolean): boolean {
    for (const [name, { end }] of answers) {
      if (fits()) break
      if (end !== null) drop(name)
    }
    return fits()
  }

  async function* follow(answer: Answer, after: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    answer.readers += 1
    try {
      for (let next = after; !signal.aborted; ) {
        const event = answer.events[next]
        if (event !== undefined) {
          next += 1
          yield event
        } else if (answer.end === 'complete') return
        else if (answer.end !== null) throw new Error('The answer broke off.')
        else await more(answer, signal)
      }
    } finally {
      answer.readers -= 1
      answer.readAtMs = now()
    }
  }

  return {
    get answers() {
      return answers.size
    },
    get bytes() {
      return bytes
    },
    begin(key, head, onDropped) {
      purge()
      const name = nameOf(key)
      if (answers.has(name) || !makeRoom(() => answers.size < maxAnswers)) return false
      const nowMs = now()
      answers.set(name, {
        head,
        onDropped,
        events: [],
        bytes: 0,
        end: null,
        writtenAtMs: nowMs,
        readers: 0,
        readAtMs: nowMs,
        waiting: new Set(),
      })
      setTimer()
      return true
    },
    append(key, events) {
      purge()
      const name = nameOf(key)
      const answer = answers.get(name)
      if (answer === undefined || answer.end !== null) return false
      const added = events.reduce((sum, event) => sum + event.length, 0)
      const fits = answer.bytes + added <= maxAnswerBytes && makeRoom(() => bytes + added <= maxBytes)
      if (!fits) {
        drop(name)
        return false
      }
      answer.events.push(...events)
      answer.bytes += added
      bytes += added
      answer.writtenAtMs = now()
      wake(answer)
      return true
    },
    end(key, how) {
      const answer = answers.get(nameOf(key))
      if (answer === undefined || answer.end !== null) return
      answer.end = how
      answer.writtenAtMs = now()
      wake(answer)
    },
    read(key, after, signal): KeptAnswer | null {
      purge()
      const answer = answers.get(nameOf(key))
      if (answer === undefined || after > answer.events.length) return null
      if (answer.end !== null && after === answer.events.length) return null
      return { head: answer.head, events: follow(answer, after, signal) }
    },
    idleMs(key) {
      const answer = answers.get(nameOf(key))
      if (answer === undefined) return Number.POSITIVE_INFINITY
      return answer.readers > 0 ? 0 : now() - answer.readAtMs
    },
    drop: (key) => drop(nameOf(key)),
    clear() {
      for (const name of [...answers.keys()]) drop(name)
    },
  }
}

/** No separator could be trusted: a scope may hold any character. */
function nameOf({ scope, answer }: AnswerKey): string {
  return JSON.stringify([scope, answer])
}

function wake(answer: Answer): void {
  for (const go of [...answer.waiting]) go()
}

function more(answer: Answer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      answer.waiting.delete(go)
      signal.removeEventListener('abort', go)
      resolve()
    }
    answer.waiting.add(go)
    signal.addEventListener('abort', go)
  })
}
