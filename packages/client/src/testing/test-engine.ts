import type { RunRecord, Signal } from '@evenkeel/shared'
import { assembleEngine, type Engine, type EngineOptions } from '../run/engine.ts'
import type { Page } from '../run/page.ts'
import { createScriptedServer, type ScriptedServer } from './scripted-server.ts'
import { staticParts } from './static-parts.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

/** A page whose facts a test sets. */
export interface TestPage extends Page {
  setOnline(isOnline: boolean): void
  /** Hides or shows it; hiding tells whoever asked to be told. */
  setVisible(isVisible: boolean): void
  /** What the browser says of its network, besides whether there is one. */
  setConnection(connection: string | null, savesData?: boolean): void
  /** Goes for good, or into the browser's memory, as when another page is opened in the tab. */
  leave(isGone?: boolean): void
  /** What it handed to the browser on its way out. */
  readonly beacons: readonly { readonly url: string; readonly body: string }[]
  /** How much of that the browser takes. */
  setBeaconRoom(bytes: number): void
}

export function createTestPage(origin: string | null = 'https://app.example'): TestPage {
  const onHide = new Set<(isGone: boolean) => void>()
  const beacons: { url: string; body: string }[] = []
  let beaconRoom = 65_536
  let online = true
  let visible = true
  let connection: string | null = null
  let savesData = false
  return {
    origin,
    isOnline: () => online,
    isVisible: () => visible,
    connection: () => connection,
    savesData: () => savesData,
    onHide(listener) {
      onHide.add(listener)
      return () => void onHide.delete(listener)
    },
    setOnline(isOnline) {
      online = isOnline
    },
    setConnection(now, savesDataNow = false) {
      connection = now
      savesData = savesDataNow
    },
    setVisible(isVisible) {
      visible = isVisible
      if (!isVisible) for (const listener of onHide) listener(false)
    },
    leave(isGone = true) {
      for (const listener of onHide) listener(isGone)
    },
    beacons,
    setBeaconRoom(bytes) {
      beaconRoom = bytes
    },
    beacon(url, body) {
      const fits = body.length <= beaconRoom
      if (fits) {
        beaconRoom -= body.length
        beacons.push({ url, body })
      }
      return fits
    },
  }
}

/** An engine in a world of its own, and everything that it did. */
export interface TestEngine {
  readonly engine: Engine
  readonly server: ScriptedServer
  readonly clock: VirtualClock
  readonly page: TestPage
  readonly records: readonly RunRecord[]
  readonly signals: readonly Signal[]
  /** Exceptions that were caught: where, and what. */
  readonly bugs: readonly (readonly [where: string, error: unknown])[]
}

/**
 * Makes an engine for tests: a scripted server instead of the network, virtual time, no telemetry,
 * synthetic records, and the same ids each time.
 *
 * @example
 * const { engine, server, clock, records } = createTestEngine()
 * server.on('/api/ai/draft-reply', answerReply(['Hello ', 'there'], { everyMs: 20 }))
 * const run = engine.createRun(draftReply)
 * run.start(ticket)
 * await clock.advance(100)
 */
export function createTestEngine(options: EngineOptions = {}): TestEngine {
  const clock = createVirtualClock()
  const server = createScriptedServer(clock)
  const page = createTestPage()
  const records: RunRecord[] = []
  const signals: Signal[] = []
  const bugs: (readonly [string, unknown])[] = []
  const engine = assembleEngine(
    {
      environment: 'test',
      sandbox: true,
      clock,
      page,
      fetch: server.fetch,
      randomBytes: createCountingBytes(),
      onRun: (record) => records.push(record),
      onSignal: (signal) => signals.push(signal),
      onBug: (where, error) => bugs.push([where, error]),
      ...options,
    },
    staticParts,
  )
  return { engine, server, clock, page, records, signals, bugs }
}

/** Bytes that count up, so that ids differ from each other and not from one test run to the next. */
export function createCountingBytes(): (length: number) => Uint8Array {
  let count = 0
  return (length) => {
    count += 1
    const bytes = new Uint8Array(length)
    bytes[length - 1] = count & 0xff
    if (length > 1) bytes[length - 2] = count >> 8
    return bytes
  }
}
