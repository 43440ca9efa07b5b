import { createControls } from '@evenkeel/client/controls'
import { createEngine, createRun, defineFeature, type Run, type RunRecord } from '@evenkeel/client/core'

/** What the driver can have a tab do. */
export interface Tab {
  /** Starts the tab's engine and its controls. */
  open(tab: number): void
  /** What the tab knows of the features now. */
  isEnabled(feature: string): boolean
  /** Starts a run that goes on until something ends it. */
  startLong(): void
  phase(): string
  /** Starts one short run; resolves once it has settled. */
  ask(): Promise<RunRecord>
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
    open(tab) {
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
      const own = createControls()
      controls = own
      const engine = createEngine({
        environment: 'faults',
        telemetry: false,
        health: false,
        controls: own,
        onRun: (record) => records.push(record),
      })
      long = createRun(feature('letter'), engine)
      short = createRun(feature('probe'), engine)
    },
    isEnabled: (feature) => controls?.of(feature).enabled ?? true,
    startLong: () => void long?.start('x'),
    phase: () => long?.state.phase ?? 'closed',
    ask() {
      if (short === null) throw new Error('The tab is not open.')
      return short.start('x')
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
