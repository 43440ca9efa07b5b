import { defineFeature, NO_CONTROLS, type RunRecord } from '@evenkeel/shared'
import { type Clock, systemClock } from '../run/clock.ts'
import { addContent, type ContentEntry } from '../run/content.ts'
import { createListeners } from '../run/listeners.ts'
import type { Run, RunFeature, RunState } from '../run/run.ts'
import { createTextBuffer } from '../run/text-buffer.ts'
import { createFilm } from './film.ts'
import { shapeOf } from './shape.ts'

export interface ReplayOptions {
  /** The feature as it is defined, whose manners (reserved lines) the components then have. */
  readonly feature?: RunFeature
  /** The answer, where the app kept it; without it blocks of the right lengths are shown. */
  readonly text?: string
  /** 1 is as fast as it was. */
  readonly speed?: number
  readonly clock?: Pick<Clock, 'nowMs' | 'setTimeout'>
}

/** A run that is watched again. */
export interface Replay {
  /** For `<StreamedText>`, `<Notice>` and every other component; it asks nobody and records nothing. */
  readonly run: Run
  readonly durationMs: number
  readonly positionMs: number
  readonly isPlaying: boolean
  readonly speed: number
  /** Goes on from where it stands; from the start where it stands at the end. */
  play(): void
  pause(): void
  /** Shows the run as it was this long after its trigger. */
  seek(positionMs: number): void
  setSpeed(speed: number): void
  /** Called when it starts, stops, is moved, or shows something new. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void
  /** Stops for good; nothing is left running. */
  dispose(): void
}

/**
 * Shows a run again as its user saw it, from its record alone: in real time, faster, or at any instant. No engine is
 * behind it: no request, no storage, no telemetry, and what it hands on as a record is synthetic.
 *
 * @example
 * const replay = replayRun(record, { speed: 4 })
 * replay.play()
 * <StreamedText run={replay.run} />
 */
export function replayRun(record: RunRecord, options: ReplayOptions = {}): Replay {
  const { text: kept, clock = systemClock } = options
  const film = createFilm(record)
  const text = createTextBuffer()
  const listeners = createListeners(throwLater)
  const stateListeners = createListeners(throwLater)
  const textListeners = createListeners(throwLater)
  const contentListeners = createListeners(throwLater)
  const synthetic: RunRecord = { ...record, synthetic: true }
  let speed = options.speed ?? 1
  let entries: ContentEntry[] = []
  let standing = 0
  /** When it was started, by the clock; `null` while it stands. */
  let startedAtMs: number | null = null
  let cancel = () => {}
  let state: RunState = { ...film.at(0).state, output: null }
  let isPartial = film.at(0).isReplacedLater

  const position = () =>
    startedAtMs === null
      ? standing
      : Math.min(film.durationMs, standing + (clock.nowMs() - startedAtMs) * speed)

  function show(positionMs: number): void {
    const scene = film.at(positionMs)
    const isOther = scene.isReplacedLater !== isPartial
    isPartial = scene.isReplacedLater
    const whole =
      kept === undefined || isPartial ? shapeOf(scene.characters) : kept.slice(0, scene.characters)
    const isLonger = !isOther && whole.length >= text.length
    if (!isLonger) {
      text.replace(whole)
      entries = []
    } else text.append(whole.slice(text.length))
    const isChanged = !isLonger || whole.length > lengthOf(entries)
    if (isChanged) {
      addContent(entries, { type: 'text', id: 'answer', delta: whole.slice(lengthOf(entries)) })
      textListeners.notify()
      contentListeners.notify()
    }
    const next: RunState = { ...scene.state, output: null }
    if (JSON.stringify(next) !== JSON.stringify(state)) {
      state = next
      stateListeners.notify()
    }
    listeners.notify()
  }

  function wait(): void {
    cancel()
    if (startedAtMs === null) return
    const now = position()
    const next = film.cuts.find((cut) => cut > now)
    if (next === undefined) return stand(film.durationMs)
    cancel = clock.setTimeout(
      () => {
        show(Math.max(next, position()))
        wait()
      },
      (next - now) / speed,
    )
  }

  function stand(positionMs: number): void {
    cancel()
    standing = positionMs
    startedAtMs = null
    show(positionMs)
  }

  const run: Run = {
    feature: options.feature ?? featureOf(record),
    get state() {
      return state
    },
    get content() {
      return { entries, text }
    },
    get text() {
      return text.read()
    },
    get textRevision() {
      return text.revision
    },
    textFrom: text.readFrom,
    controls: NO_CONTROLS,
    settled: Promise.resolve(synthetic),
    reloading: { scope: '', resumeUrl: null, goOn: async () => synthetic },
    can: (capability) =>
      run.feature.levels.find(({ level }) => level <= record.level)?.capabilities?.includes(capability) ??
      false,
    subscribe: stateListeners.add,
    subscribeText: textListeners.add,
    subscribeContent: contentListeners.add,
    // Nothing is asked, ended or recorded: it has happened.
    start: async () => synthetic,
    stop: () => {},
    regenerate: () => null,
    signal: () => null,
    guardReplacement: () => () => {},
    inside: () => {},
    leave: () => {},
  }

  return {
    run,
    durationMs: film.durationMs,
    get positionMs() {
      return position()
    },
    get isPlaying() {
      return startedAtMs !== null
    },
    get speed() {
      return speed
    },
    play() {
      if (startedAtMs !== null) return
      if (standing >= film.durationMs) standing = 0
      startedAtMs = clock.nowMs()
      show(standing)
      wait()
    },
    pause() {
      if (startedAtMs !== null) stand(position())
    },
    seek(positionMs) {
      const to = Math.max(0, Math.min(film.durationMs, positionMs))
      const wasPlaying = startedAtMs !== null
      stand(to)
      if (!wasPlaying) return
      startedAtMs = clock.nowMs()
      wait()
    },
    setSpeed(next) {
      if (!(next > 0 && next < Number.POSITIVE_INFINITY))
        throw new RangeError(`A speed of ${next} leads nowhere.`)
      standing = position()
      if (startedAtMs !== null) startedAtMs = clock.nowMs()
      speed = next
      wait()
      listeners.notify()
    },
    subscribe: listeners.add,
    dispose() {
      cancel()
      startedAtMs = null
    },
  }
}

function lengthOf(entries: readonly ContentEntry[]): number {
  return entries.reduce(
    (sum, entry) =>
      sum + ('pieces' in entry ? entry.pieces.reduce((all, piece) => all + piece.length, 0) : 0),
    0,
  )
}

/** What the components need to know, where nobody says it: the record has the rest. */
function featureOf({ feature: id, interaction }: RunRecord): RunFeature {
  return defineFeature<string>({ id, interaction, ladder: [{ step: 'model', url: '/' }, { step: 'omit' }] })
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
