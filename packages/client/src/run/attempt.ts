import type { AttemptRecord, ServerMetadata, Usage } from '@evenkeel/shared'
import type { StreamEvent } from '../stream/event.ts'
import type { Attempt, AttemptEnd } from './attempt-record.ts'
import type { ContentEvent } from './content.ts'
import type { ExchangeWorld } from './exchange.ts'
import type { Exchange, OpenExchange } from './exchange-contract.ts'
import type { ExchangeRequest } from './request.ts'

/** What an attempt tells while it goes. */
export interface AttemptObserver {
  /** A piece of the answer; tells whether there is anything to see of it by now. */
  onContent(event: ContentEvent): boolean
  /** The server takes back what it sent under these ids. */
  onWithdrawn(ids: readonly string[]): void
  onMetadata(metadata: ServerMetadata): void
  onModel(model: string): void
  onStall(atMs: number, durationMs: number): void
  /** Called once, unless it was cancelled before. */
  onEnd(end: AttemptEnd): void
}

/** What an attempt works with. */
export interface AttemptSetting {
  /** Its record so far. */
  readonly blank: AttemptRecord
  readonly request: ExchangeRequest
  readonly open: OpenExchange<ExchangeWorld>
  readonly world: ExchangeWorld
  /** Milliseconds since the run's trigger. */
  sinceMs(): number
  /** Longest silence; it may change when the server tells more of the answer. */
  stallMs(): number
  /** Whether a stall ends the attempt, or is only recorded. */
  readonly enforced: boolean
}

/** Asks once, and reads the answer. Its only clock is the one for stalls; the run's budget is not its own. */
export function startAttempt(setting: AttemptSetting, observer: AttemptObserver): Attempt {
  const { sinceMs } = setting
  const { clock } = setting.world
  let record = setting.blank
  let usage: Usage = record.usage
  let unknownEvents = 0
  let lastEventMs: number | null = null
  let cancelStallClock = () => {}
  let tierOnly = false
  const openTools = new Set<string>()

  const finish = (end: AttemptEnd) => {
    cancelStallClock()
    observer.onEnd(end)
  }

  const takeContent = (event: ContentEvent) => {
    const isVisible = observer.onContent(event)
    if (isVisible && record.firstTokenMs === null) record = { ...record, firstTokenMs: sinceMs() }
  }

  const onEvent = (event: StreamEvent) => {
    if (event.type !== 'ping') noteAlive()
    switch (event.type) {
      case 'tool':
        if (event.state === 'input-available') openTools.add(event.id)
        else if (event.state !== 'input-streaming') openTools.delete(event.id)
        takeContent(event)
        break
      case 'text':
      case 'reasoning':
      case 'source':
      case 'file':
      case 'data':
      case 'round':
        takeContent(event)
        break
      case 'withdrawn':
        for (const id of event.ids) openTools.delete(id)
        observer.onWithdrawn(event.ids)
        break
      case 'metadata':
        tierOnly ||= event.metadata.failed === 'model'
        record = {
          ...record,
          requestModel: event.metadata.model ?? record.requestModel,
          stages: { ...record.stages, ...event.stages },
        }
        observer.onMetadata(event.metadata)
        if (event.metadata.failed === 'disabled') {
          exchange.cancel()
          finish({ failure: 'killed', detail: 'switched off on the server' })
        }
        break
      case 'usage':
        usage = {
          inputTokens: event.usage.inputTokens ?? usage.inputTokens,
          outputTokens: event.usage.outputTokens ?? usage.outputTokens,
        }
        break
      case 'model':
        record = { ...record, responseModel: event.model }
        observer.onModel(event.model)
        break
      case 'unknown':
        unknownEvents += 1
        break
      case 'end':
        record = { ...record, verified: event.verified, finishReason: event.rawReason ?? event.reason }
        finish(
          event.reason === 'content-filter'
            ? { failure: 'refusal', detail: 'the answer was stopped by a content filter' }
            : { failure: null, detail: null },
        )
        break
      case 'failed':
        finish({
          failure: event.failure,
          detail: event.code === null ? event.detail : `${event.code}: ${event.detail}`,
        })
        break
    }
  }

  // The clock is not set anew for each event, which would cost two timer calls for each token: when it
  // rings it looks at how long the silence really was.
  const watchForStall = (delayMs: number) => {
    cancelStallClock = clock.setTimeout(() => {
      const silenceMs = sinceMs() - (lastEventMs ?? 0)
      if (openTools.size > 0 || silenceMs < setting.stallMs()) {
        watchForStall(openTools.size > 0 ? setting.stallMs() : setting.stallMs() - silenceMs)
      } else {
        observer.onStall(lastEventMs ?? 0, silenceMs)
        const failure = 'timeout.stall'
        const detail = `silent for ${Math.round(silenceMs)} ms`
        if (exchange.reconnect(failure, detail)) {
          lastEventMs = sinceMs()
          watchForStall(setting.stallMs())
          return
        }
        exchange.cancel()
        finish({ failure, detail })
      }
    }, delayMs)
  }

  /** Notes a silence that is over; one that ended the attempt was noted when it did. */
  const noteAlive = () => {
    const nowMs = sinceMs()
    const silenceMs = nowMs - (lastEventMs ?? nowMs)
    if (silenceMs > setting.stallMs() && openTools.size === 0) observer.onStall(nowMs - silenceMs, silenceMs)
    lastEventMs = nowMs
  }

  const exchange: Exchange = setting.open(setting.request, setting.world, onEvent, () => {
    if (setting.enforced) watchForStall(setting.stallMs())
  })

  return {
    get tierOnly() {
      return tierOnly
    },
    get retryAfterMs() {
      return exchange.retryAfterMs
    },
    close({ failure, detail }) {
      // Where no clock watches, a silence that never ended is noted here.
      if (!setting.enforced) noteAlive()
      return {
        ...record,
        endedMs: sinceMs(),
        failure,
        detail,
        status: exchange.status,
        protocol: exchange.protocol,
        usage,
        unknownEvents,
        resumes: exchange.resumes,
      }
    },
    cancel() {
      cancelStallClock()
      exchange.cancel()
    },
  }
}
