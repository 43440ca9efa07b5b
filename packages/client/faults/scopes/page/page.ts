import { keepInIndexedDB } from '@evenkeel/client/cache'
import { type ClosableControls, createControls } from '@evenkeel/client/controls'
import { createEngine, createRun, type Engine, type Run, type RunRecord } from '@evenkeel/client/core'
import { aiQueryOptions } from '@evenkeel/client/query'
import { pickUpAfterReload } from '@evenkeel/client/reload'
import { replayRun } from '@evenkeel/client/replay'
import { QueryClient } from '@tanstack/react-query'
import { FEATURES } from './features.ts'
import { type SignedIn, signedIn, tellSession } from './session.ts'
import { type Witness, watchTab } from './witness.ts'

export interface OpenOptions {
  /** What the page says of who is signed in, where it lies. */
  readonly claims?: { readonly tenant: string; readonly user: string }
  readonly hasControls?: boolean
}

/** What the driver can have a tab do. */
export interface ProductPage extends Witness {
  open(options: OpenOptions): void
  /** Starts a run and draws its answer; resolves with its id, before it has settled. */
  ask(feature: keyof typeof FEATURES, input: string): string
  /** As `ask`, and resolves once it has settled. */
  askAndWait(feature: keyof typeof FEATURES, input: string): Promise<string>
  thumb(run: string, comment: string): void
  /** Goes on with the answer that was being written when the page was left. */
  pickUp(input: string): void
  /** The words of an incident, as the page shows them. */
  notice(): string | null
  /** Watches the last record of this tab again, beside those of others, in one page; resolves at their end. */
  replay(others: readonly ToReplay[]): Promise<void>
  record(run: string): RunRecord | null
  /** Asks through one query cache, one after the other, as each of these. */
  query(sessions: readonly SignedIn[], input: string): Promise<void>
  flush(): Promise<void>
}

export interface ToReplay {
  readonly record: RunRecord
  readonly text: string
}

/** The same for everybody, as a ticket that all of them look at. */
const PLACE = { entity: 'ticket 1' }

tellSession()
const witness = watchTab()
const runs = new Map<string, Run<string>>()
const records = new Map<string, RunRecord>()
let engine: Engine | null = null
let controls: ClosableControls | null = null

function draw(tag: 'p' | 'aside'): HTMLElement {
  const element = document.createElement(tag)
  document.body.append(element)
  return element
}

function show(run: Pick<Run, 'text' | 'subscribeText'>, place = draw('p')): void {
  run.subscribeText(() => {
    place.textContent = run.text
  })
}

function begin(feature: keyof typeof FEATURES, input: string) {
  if (engine === null) throw new Error('The page is not open.')
  const run = createRun(FEATURES[feature], engine)
  show(run)
  const settled = run.start(input)
  if (feature === 'letter') pickUpAfterReload(run, input, PLACE)
  const id = run.state.runId ?? ''
  runs.set(id, run)
  return { id, settled }
}

const page: ProductPage = {
  get drawn() {
    return witness.drawn
  },
  heard: witness.heard,
  open({ claims, hasControls = false }) {
    const { tenant, user } = claims ?? signedIn()
    if (hasControls) {
      const own = createControls({ tenant, user, pollEveryMs: 1_000 })
      const place = draw('aside')
      const tell = () => {
        place.textContent = own.of('draft').notice
      }
      own.onChange(tell)
      tell()
      controls = own
    }
    engine = createEngine({
      environment: 'faults',
      service: 'product',
      content: 'full',
      tenant,
      user,
      cache: { store: keepInIndexedDB() },
      ...(controls === null ? {} : { controls }),
      onRun: (record) => records.set(record.runId, record),
    })
    // Surfaces, so that what pages before this one have left is looked through.
    for (const feature of Object.values(FEATURES)) createRun(feature, engine)
  },
  ask: (feature, input) => begin(feature, input).id,
  async askAndWait(feature, input) {
    const { id, settled } = begin(feature, input)
    await settled
    return id
  },
  thumb(id, comment) {
    runs.get(id)?.signal('thumbs', { value: -1, comment })
  },
  pickUp(input) {
    if (engine === null) throw new Error('The page is not open.')
    const run = createRun(FEATURES.letter, engine)
    show(run)
    pickUpAfterReload(run, input, PLACE)
  },
  notice: () => controls?.of('draft').notice ?? null,
  async replay(others) {
    const replays = others.map(({ record, text }, index) => {
      const replay = replayRun(record, { text, speed: 4 })
      const place = draw('p')
      place.id = `replay-${index}`
      show(replay.run, place)
      return { replay, place, text }
    })
    await Promise.all(
      replays.map(
        ({ replay, text }) =>
          new Promise<void>((resolve) => {
            replay.subscribe(() => {
              if (replay.isPlaying || replay.positionMs < replay.durationMs) return
              // What a user of it might do; a replay has happened already.
              replay.run.signal('thumbs', { value: -1, comment: text })
              replay.dispose()
              resolve()
            })
            replay.play()
          }),
      ),
    )
    // As when whoever shows them renders anew.
    for (const { replay, place } of replays) place.textContent = replay.run.text
  },
  record: (id) => records.get(id) ?? null,
  async query(sessions, input) {
    const client = new QueryClient()
    for (const { name, tenant, user } of sessions) {
      Object.assign(globalThis, { session: { name, tenant, user } })
      const own = createEngine({ environment: 'faults', telemetry: false, health: false, tenant, user })
      const { text } = await client.fetchQuery(
        aiQueryOptions(FEATURES.memo, input, { engine: own, scope: [tenant, user] }),
      )
      draw('p').textContent = text
    }
  },
  flush: async () => engine?.flush(),
}

Object.assign(globalThis, { product: page })
