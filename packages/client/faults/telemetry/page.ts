import {
  createEngine,
  createRun,
  defineFeature,
  type Engine,
  type Run,
  type RunRecord,
} from '@evenkeel/client/core'

/** What the driver can have a page do. */
export interface ProductPage {
  /** Starts the product's engine, as whoever the page was made for. */
  open(build: string): void
  /** Starts a run whose answer has so many tokens; resolves with its id, before it has settled. */
  ask(tokens: number): Promise<string>
  /** As `ask`, and resolves once it has settled. */
  askAndWait(): Promise<string>
  /** Says something of this run, as a user would; resolves once it was said. */
  thumb(run: string, value: 1 | -1, comment?: string): Promise<void>
  /** Asks again and again on so many surfaces, and says something of every third answer. */
  storm(lanes: number): void
  calm(): void
  flush(): Promise<void>
}

/** Puts a line into the driver's own book: what the user did, not what the library says of it. */
declare function clicked(run: string, value: number): Promise<void>

/** Who is signed in, as the product's server wrote it into the page. */
declare const session: { readonly tenant: string; readonly user: string }

const BUDGET = { firstTokenMs: 5_000, completeMs: 10_000, giveUpMs: 20_000, stallMs: 15_000 }

let engine: Engine | null = null
let build = ''
let tokens = 0
let isStormy = false
const runs = new Map<string, Run<string>>()

const feature = defineFeature<string>({
  id: 'answer',
  interaction: 'progressive',
  budget: BUDGET,
  onUnmount: 'detach',
  ladder: [
    {
      step: 'model',
      get url() {
        return `/api/answer?build=${build}&tokens=${tokens}`
      },
      domain: 'answer',
    },
    { step: 'template', render: () => 'Ask us by mail.' },
  ],
})

function begin(length = 0): { run: Run<string>; id: string; settled: Promise<RunRecord> } {
  if (engine === null) throw new Error('The page is not open.')
  tokens = length
  const run = createRun(feature, engine)
  const settled = run.start('a question that is nobody’s business')
  const id = run.state.runId ?? ''
  runs.set(id, run)
  return { run, id, settled }
}

async function thumb(id: string, value: 1 | -1, comment?: string): Promise<void> {
  const said = runs.get(id)?.signal('thumbs', { value, ...(comment === undefined ? {} : { comment }) })
  if (said !== null && said !== undefined) await clicked(id, value)
}

async function lane(number: number): Promise<void> {
  for (let count = number; isStormy; count += 1) {
    const { id, settled } = begin()
    await settled
    if (count % 3 === 0) await thumb(id, count % 2 === 0 ? 1 : -1)
    runs.delete(id)
    await new Promise((resolve) => setTimeout(resolve, (count * 37) % 90))
  }
}

const page: ProductPage = {
  open(named) {
    build = named
    engine = createEngine({
      environment: 'faults',
      service: 'product',
      build,
      // The server of this suite fails on purpose, and a browser that asks no more would be a witness of nothing.
      health: false,
      content: 'full',
      tenant: session.tenant,
      user: session.user,
    })
    // A surface, so that what pages before this one have left is sent.
    createRun(feature, engine)
  },
  ask: async (length) => begin(length).id,
  async askAndWait() {
    const { id, settled } = begin()
    await settled
    return id
  },
  thumb,
  storm(lanes) {
    isStormy = true
    for (let number = 0; number < lanes; number += 1) void lane(number)
  },
  calm() {
    isStormy = false
  },
  flush: async () => engine?.flush(),
}

Object.assign(globalThis, { product: page })
