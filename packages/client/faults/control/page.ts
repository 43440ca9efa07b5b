import { createControls } from '@evenkeel/client/controls'
import { createEngine, createRun, defineFeature, type Run, type RunRecord } from '@evenkeel/client/core'

/** What the driver can have a tab do. */
export interface Tab {
  /** Starts the tab's engine, and its controls where it has any. */
  open(tab: string, hasControls: boolean): void
  /** What the tab knows of the features now. */
  isEnabled(feature: string): boolean
  /** Starts a run that goes on until something ends it. */
  startLong(): void
  stopLong(): void
  phase(): string
  /** Starts one short run; resolves once it has settled. */
  ask(): Promise<RunRecord>
  /**
   * The same, timed: milliseconds from the trigger to the first byte of the request on its connection, as the
   * browser's Resource Timing has it. `null` where it was never sent.
   */
  askTimed(): Promise<number | null>
  /** Starts a short run again and again. */
  keepAsking(everyMs: number): void
  stopAsking(): void
  readonly records: readonly RunRecord[]
}

const BUDGET = { firstTokenMs: 20_000, completeMs: 200_000, giveUpMs: 300_000, stallMs: 60_000 }

function createTab(): Tab {
  const records: RunRecord[] = []
  let timer: ReturnType<typeof setInterval> | undefined
  let controls: ReturnType<typeof createControls> | null = null
  let long: Run<string> | null = null
  let short: Run<string> | null = null

  return {
    records,
    open(tab, hasControls) {
      const feature = (id: string) =>
        defineFeature<string>({
          id,
          interaction: 'progressive',
          budget: BUDGET,
          ladder: [
            {
              step: 'model',
              get url() {
                return `/api/${id}?tab=${tab}&at=${Date.now()}`
              },
              domain: id,
            },
            { step: 'omit' },
          ],
        })
      const own = hasControls ? createControls() : null
      controls = own
      const engine = createEngine({
        environment: 'faults',
        telemetry: false,
        health: false,
        ...(own === null ? {} : { controls: own }),
        onRun: (record) => records.push(record),
      })
      long = createRun(feature('letter'), engine)
      short = createRun(feature('probe'), engine)
    },
    isEnabled: (feature) => controls?.of(feature).enabled ?? true,
    startLong: () => void long?.start('x'),
    stopLong: () => long?.stop(),
    phase: () => long?.state.phase ?? 'closed',
    ask() {
      if (short === null) throw new Error('The tab is not open.')
      return short.start('x')
    },
    async askTimed() {
      performance.clearResourceTimings()
      const triggeredMs = performance.now()
      await this.ask()
      // An entry is there once the body has been read to its end.
      for (let look = 0; look < 50; look += 1) {
        const entry = performance
          .getEntriesByType('resource')
          .find(({ name }) => new URL(name).pathname === '/api/probe')
        if (entry instanceof PerformanceResourceTiming) return entry.requestStart - triggeredMs
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return null
    },
    keepAsking(everyMs) {
      let isAsking = false
      timer = setInterval(async () => {
        if (isAsking) return
        isAsking = true
        await short?.start('x')
        isAsking = false
      }, everyMs)
    },
    stopAsking: () => clearInterval(timer),
  }
}

Object.assign(globalThis, { tab: createTab() })
