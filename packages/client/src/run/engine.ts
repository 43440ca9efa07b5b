import type { Deck, Feature, RandomBytes, RunRecord, Signal, SignalKind } from '@evenkeel/shared'
import { FAILURE_TABLE, NO_CONTROLS, newTraceId } from '@evenkeel/shared'
import type { CacheOptions } from '../cache/cache-options.ts'
import type { Controls } from '../control/controls.ts'
import { browserLevel } from '../health/browser-level.ts'
import type { HealthOptions } from '../health/health.ts'
import type { HealthOnDemand } from '../health/health-on-demand.ts'
import { lowestLevel } from '../health/level-in-force.ts'
import type { Dropped } from '../telemetry/dropped.ts'
import type { TelemetryStorage } from '../telemetry/storage.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { type Clock, systemClock } from './clock.ts'
import { createRunIn, type RunSink } from './create-run.ts'
import { createSignal } from './create-signal.ts'
import { isDevelopment, logInDevelopment, warnInDevelopment } from './development.ts'
import { createListeners } from './listeners.ts'
import { browserPage, type Page } from './page.ts'
import { lazyParts, type Parts } from './parts.ts'
import { rehearsed } from './rehearsal.ts'
import type { Run, SignalDetails, SignalSubject } from './run.ts'
import type { World } from './world.ts'

/** Everything that an engine is told of the product it works in; all of it optional. */
export interface EngineOptions {
  /** Such as `production`; figures of different environments never mix. `development` or `production`, as the bundle was built, where absent. */
  readonly environment?: string
  /** The product's name in the figures; the page's host name where absent. */
  readonly service?: string
  /** A version or commit of the product. */
  readonly build?: string
  /**
   * The path or URL beneath which `/v1/traces` and `/v1/logs` take OTLP; `/evenkeel` on the page's own
   * origin where absent. `false` sends nothing. Runs with a failure, a fallback or a signal are always sent, and
   * of the others the share `sampleRate`, which is all where it is absent.
   */
  readonly telemetry?: { readonly url?: string; readonly sampleRate?: number } | false
  /** No storage, no telemetry, and every record is synthetic: for previews, replays and tests. */
  readonly sandbox?: boolean
  /**
   * How this browser steps down after failures and comes back; on by itself except in a sandbox. `false`
   * asks every server each time.
   */
  readonly health?: HealthOptions | false
  /**
   * How answers are kept for features whose ladder has a `cache` step: in the page's memory where absent;
   * `false`, and a sandbox, keep none.
   */
  readonly cache?: CacheOptions | false
  /** Flags that change features without a deploy, as `createControls` of `@evenkeel/client/controls` makes them. */
  readonly controls?: Controls
  /** The words in force, so that records say from which deck a moment's were; read anew at every moment. */
  readonly deck?: Deck | undefined
  /**
   * What is kept of users' own words, which are the comments of signals: nothing, what `redact` makes of
   * them (nothing where it is absent), or all. `off` where absent.
   */
  readonly content?: 'off' | 'redacted' | 'full'
  /** Takes out of a text what says who somebody is, as `createRedactor` of `@evenkeel/client/redact` makes it. */
  readonly redact?: (text: string) => string
  /** Further origins whose servers accept our headers. */
  readonly propagateTo?: readonly string[]
  readonly sessionId?: string | null
  readonly tenant?: string | null
  readonly user?: string | null
  readonly cohort?: string | null
  /** A pattern such as `/tickets/:id`, never a URL; a function where the page has more than one. */
  readonly route?: string | null | (() => string | null)
  /** Class of connection; what the browser says where absent. */
  readonly connection?: string | null
  /**
   * Changes a record before it is kept or sent, or keeps it back with `null`, which is counted. It is also
   * asked about runs under way, as they would be told if their page went: the same run several times.
   */
  readonly beforeSend?: (record: RunRecord) => RunRecord | null
  /** Called with each record as its run settles. */
  readonly onRun?: (record: RunRecord) => void
  /** Called with each signal as it is given. */
  readonly onSignal?: (signal: Signal) => void
  /** Called with every exception that was caught, ours and the app's; the console in development where absent. */
  readonly onBug?: (where: string, error: unknown) => void
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: Clock
  readonly page?: Page
  readonly storage?: TelemetryStorage
  readonly randomBytes?: RandomBytes
}

/** What makes runs, and carries their records and signals away. */
export interface Engine {
  /** The store of one surface: asks `feature` whenever it is started. */
  createRun<Input, Output, Capability extends string>(
    feature: Feature<Input, Output, Capability>,
  ): Run<Input, Output, Capability>
  /** Carries away a signal that was made elsewhere, such as a thumbs-down on yesterday's answer. */
  recordSignal(signal: Signal): void
  /** Records what a user told us of any run, such as yesterday's answer, by what a signal repeats of it. */
  signal(kind: SignalKind, about: SignalSubject, details?: SignalDetails): Signal
  /** Sends what is waiting now; resolves when all of it was tried once. */
  flush(): Promise<void>
  /** How many records and signals this page has given up, by reason; empty where nothing was sent yet. */
  dropped(): Partial<Dropped>
  /**
   * Sends what is waiting and lets go of the page; runs that are made after it are not recorded anywhere but in
   * `onRun`. `false` sends nothing, because the session is over already: what is left waits in the storage for the
   * same tenant and user, and what has words in it is given up by the next engine.
   */
  dispose(sends?: boolean): Promise<void>
}

/** Records and signals kept while telemetry cannot be loaded; the oldest go first. */
const MAX_UNDELIVERED = 100

/**
 * Makes an engine. It touches nothing until a surface is made in a page, so that it may be made on a server too.
 *
 * @example
 * const engine = createEngine({ environment: 'production', service: 'support-desk' })
 * const run = engine.createRun(draftReply)
 */
export function createEngine(options: EngineOptions = {}): Engine {
  return assembleEngine(options, lazyParts)
}

/** Makes an engine of these parts. */
export function assembleEngine(options: EngineOptions, parts: Parts): Engine {
  const {
    clock = systemClock,
    page = browserPage,
    randomBytes = cryptoBytes,
    // Looked up at each call, because tools and tests replace it after this module was loaded.
    fetch = (...request) => globalThis.fetch(...request),
    sandbox = false,
    route = null,
    service = page.origin === null ? 'unknown_service' : new URL(page.origin).hostname,
    build = null,
    environment = isDevelopment() ? 'development' : 'production',
  } = options
  // One for each page load, kept nowhere: it follows nobody.
  const sessionId = createOnce(() =>
    options.sessionId === undefined ? newTraceId(randomBytes) : options.sessionId,
  )
  let telemetry: Promise<Telemetry | null> | null = null
  let opened: Telemetry | null = null
  let stopListening = () => {}
  let isDisposed = false

  const reportBug = (where: string, error: unknown) => {
    try {
      if (options.onBug !== undefined) options.onBug(where, error)
      else logInDevelopment(where, error)
    } catch {
      // Whoever is told of exceptions throws; there is nobody left to tell.
    }
  }
  /** Calls the app's own code, or gives this where it throws. */
  const guarded = <Value>(where: string, call: () => Value, otherwise: Value): Value => {
    try {
      return call()
    } catch (error) {
      reportBug(where, error)
      return otherwise
    }
  }
  const { content, redact = () => null } = options
  /** What may leave of a text that a user wrote. */
  const kept = (text: string): string | null =>
    guarded('redact', () => (content === 'full' ? text : content === 'redacted' ? redact(text) : null), null)

  const levels = createListeners((error) => reportBug('a listener of levels', error))
  const healthOptions = options.health ?? (sandbox ? false : {})
  let health: HealthOnDemand | null = null
  let hasStarted = false
  const openHealth = createOnce(() => {
    if (healthOptions === false) return
    void parts
      .loadHealth()
      .then((loaded) => {
        health = loaded.openHealth(healthOptions, options, world, parts, FAILURE_TABLE, levels.notify)
        levels.notify()
      })
      .catch((error: unknown) => reportBug('health', error))
  })

  let stopControls: (() => void) | undefined
  const watchControls = createOnce(() => {
    stopControls = options.controls?.onChange(levels.notify)
  })
  const controlsOf = (featureId: string) =>
    guarded('controls', () => options.controls?.of(featureId) ?? NO_CONTROLS, NO_CONTROLS)

  /** Until there is something to know the browser's conditions count for runs; a page that is hydrated shows what its server knew. */
  const firstLevel = () =>
    health !== null || (hasStarted && healthOptions !== false) ? browserLevel(page) : null

  const world: World = {
    fetch,
    loadAsking: parts.loadAsking,
    loadResuming: parts.loadResuming,
    loadTooling: parts.loadTooling,
    caching: { options: sandbox ? false : options.cache },
    clock,
    page,
    randomBytes,
    propagateTo: options.propagateTo ?? [],
    kept,
    levelOf: (feature) =>
      lowestLevel(
        feature,
        { level: controlsOf(feature.id).maxLevel, by: 'control' },
        health?.levelOf(feature) ?? firstLevel(),
      ),
    controlsOf,
    deck: () => options.deck,
    onLevels: levels.add,
    health: () => health,
    facts: () => ({
      environment,
      service,
      build,
      synthetic: sandbox,
      weight: 1,
      sessionId: sessionId(),
      tenant: options.tenant ?? null,
      user: options.user ?? null,
      cohort: options.cohort ?? null,
      route: guarded('route', () => (typeof route === 'function' ? route() : route), null),
      connection: options.connection === undefined ? page.connection() : options.connection,
    }),
    nameOf: (error) => (error instanceof Error ? error.name : typeof error),
    reportBug,
  }

  const { url = '/evenkeel', sampleRate = 1 } = options.telemetry || {}
  const isSilent =
    sandbox ||
    options.telemetry === false ||
    // Without a page nobody knows whose path a path is.
    (page.origin === null && !/^https?:/.test(url))

  let isMissed = false

  async function openTelemetry(): Promise<Telemetry | null> {
    try {
      const loaded = await parts.loadTelemetry()
      const setting = { ...options, url, sampleRate, environment, service, build }
      opened = await loaded.openTelemetry(setting, world, parts)
      stopListening = page.onHide(opened.onHide)
    } catch (error) {
      // The next record tries again: a page that was cut off may come back.
      telemetry = null
      if (!isMissed) reportBug('telemetry', error)
      isMissed = true
    }
    return opened
  }

  /** What waits for telemetry to be loaded. */
  const undelivered: ((to: Telemetry) => void)[] = []

  function deliver(work: (to: Telemetry) => void): void {
    if (isDisposed || isSilent) return
    undelivered.push(work)
    if (undelivered.length > MAX_UNDELIVERED) undelivered.shift()
    telemetry ??= openTelemetry()
    void telemetry.then((to) => {
      if (to !== null) for (const each of undelivered.splice(0)) each(to)
    })
  }

  const onSignal = (signal: Signal) => {
    guarded('onSignal', () => options.onSignal?.(signal), undefined)
    deliver((to) => to.addSignal(signal))
  }
  const sink: RunSink = {
    onStart() {
      openHealth()
      hasStarted = true
      watchControls()
      deliver((to) => to.sweep())
    },
    onUnderWay: (run) => deliver((to) => to.addOpen(run)),
    onRecord(record) {
      warnInDevelopment(record)
      guarded('onRun', () => options.onRun?.(record), undefined)
      deliver((to) => to.addRun(record))
    },
    onSignal,
  }

  return {
    createRun(feature) {
      // By the time of the first click they are there; a server renders without them.
      if (page.origin !== null) {
        void Promise.resolve(parts.loadAsking())
          .then(({ prepare }) => prepare(feature, world))
          .catch(() => {})
        if (feature.tools !== undefined) void parts.loadTooling().catch(() => {})
        openHealth()
        watchControls()
        deliver((to) => to.sweep())
      }
      return rehearsed(createRunIn)(feature, world, sink)
    },
    recordSignal: onSignal,
    signal(kind, about, details) {
      const signal = createSignal(kind, about, world, details)
      onSignal(signal)
      return signal
    },
    flush: async () => (await telemetry)?.flush(),
    dropped: () => opened?.dropped() ?? {},
    async dispose(sends = true) {
      if (isDisposed) return
      isDisposed = true
      world.caching.isOver = true
      health?.dispose()
      stopControls?.()
      const open = await telemetry
      if (sends) await open?.flush()
      open?.dispose()
      stopListening()
    },
  }
}

function cryptoBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** Makes the value when it is first asked for, so that an engine may be made where nothing works yet. */
function createOnce<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
