import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts'
import type { Outside } from './outside.ts'

/** What one browser's tabs share. */
export interface TestBrowser {
  readonly clock: VirtualClock
  openTab(options?: Partial<Outside>): TestTab
  /** What is kept for the next page. */
  stored: string | null
  /** Event streams that are open, by tab. */
  readonly streams: readonly OpenStream[]
}

export interface OpenStream {
  readonly tab: TestTab
  readonly url: string
  send(event: unknown): void
  /** The browser gives it up. */
  giveUp(): void
}

export interface TestTab extends Outside {
  /** Every request, as it was made. */
  readonly requests: Request[]
  show(): void
  hide(): void
  /** The page is left. */
  leave(): void
  answer: (request: Request) => Response | Promise<Response>
}

interface Turn {
  readonly onTurn: () => void
}

/** Channels, locks, event streams and storage of a browser, in memory and in virtual time. */
export function createTestBrowser(): TestBrowser {
  const clock = createVirtualClock()
  const channels = new Map<string, Set<(message: unknown) => void>>()
  const queues = new Map<string, Turn[]>()
  const streams = new Set<OpenStream>()

  const browser: TestBrowser = {
    clock,
    stored: null,
    get streams() {
      return [...streams]
    },
    openTab(options = {}) {
      const requests: Request[] = []
      const onVisibility = new Set<(tab: 'shown' | 'hidden' | 'away') => void>()
      let visible = true
      const tell = (state: 'shown' | 'hidden' | 'away') => {
        for (const listener of [...onVisibility]) listener(state)
      }
      const tab: TestTab = {
        requests,
        answer: () => new Response(null, { status: 503 }),
        async fetch(...[target, init]) {
          const request = new Request(target, init)
          requests.push(request)
          return tab.answer(request)
        },
        openChannel(name) {
          const members = channels.get(name) ?? new Set()
          channels.set(name, members)
          let own = (_message: unknown) => {}
          const receive = (message: unknown) => own(message)
          members.add(receive)
          return {
            post(message) {
              for (const other of [...members]) if (other !== receive) other(structuredClone(message))
            },
            onMessage(listener) {
              own = listener
            },
            close: () => void members.delete(receive),
          }
        },
        queue: (name) => ({
          join(onTurn) {
            const turns = queues.get(name) ?? []
            queues.set(name, turns)
            const turn = { onTurn }
            turns.push(turn)
            if (turns.length === 1) queueMicrotask(() => turns[0] === turn && onTurn())
            return () => {
              const place = turns.indexOf(turn)
              if (place < 0) return
              turns.splice(place, 1)
              const [next] = turns
              if (place === 0 && next !== undefined) queueMicrotask(() => turns[0] === next && next.onTurn())
            }
          },
        }),
        openStream(url, onMessage, onClosed) {
          const stream: OpenStream = {
            tab,
            url,
            send: (event) => onMessage(typeof event === 'string' ? event : JSON.stringify(event)),
            giveUp() {
              streams.delete(stream)
              onClosed()
            },
          }
          streams.add(stream)
          return { close: () => void streams.delete(stream) }
        },
        storage: {
          read: () => browser.stored,
          write(text) {
            browser.stored = text
          },
        },
        isVisible: () => visible,
        onVisibility(listener) {
          onVisibility.add(listener)
          return () => void onVisibility.delete(listener)
        },
        setTimeout: clock.setTimeout,
        nowMs: clock.nowMs,
        random: () => 1,
        show() {
          visible = true
          tell('shown')
        },
        hide() {
          visible = false
          tell('hidden')
        },
        leave() {
          visible = false
          tell('hidden')
          tell('away')
        },
        ...options,
      }
      return tab
    },
  }
  return browser
}
