import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Product } from './build.ts'
import { type CollectorStage, startCollectorStage } from './collector.ts'
import type { ProductPage } from './page.ts'
import type { ProductServer } from './product-server.ts'

declare const product: ProductPage

/** What somebody clicked, as the page's own code says through the debugger's wire, which no weather reaches. */
export interface Click {
  readonly run: string
  readonly value: number
  readonly at: number
}

export interface Stage {
  readonly server: ProductServer
  readonly collector: CollectorStage
  readonly clicks: readonly Click[]
  openVisitor(user: string): Promise<Visitor>
  close(): Promise<void>
}

/** A browser of its own: cookies, storage, and one who is signed in at a time. */
export interface Visitor {
  readonly context: BrowserContext
  signIn(user: string): Promise<void>
  /** A tab of the product, whose records bear the name `build`. */
  openTab(build: string, options?: TabOptions): Promise<Tab>
  close(): Promise<void>
}

export interface TabOptions {
  /** The browser keeps nothing for it. */
  readonly blocksStorage?: boolean
  /** What the page says of who is signed in, where it lies. */
  readonly claims?: { readonly tenant: string; readonly user: string }
}

export interface Tab {
  readonly page: Page
  readonly build: string
  /** Set as soon as its process has died, by whatever hand. */
  readonly crashedAt: number | null
  ask(tokens?: number): Promise<string>
  askAndWait(): Promise<string>
  thumb(run: string, value: 1 | -1, comment?: string): Promise<void>
  storm(lanes: number): Promise<void>
  calm(): Promise<void>
  flush(): Promise<void>
  crash(): Promise<void>
  /** Goes to another page of the product, and the tab is closed there. */
  goElsewhere(): Promise<void>
  close(): Promise<void>
}

/** As a browser answers a page whose user blocks its storage. */
const BLOCK = `
  IDBFactory.prototype.open = () => { throw new DOMException('The user denied it.', 'SecurityError') }
  Object.defineProperty(navigator, 'locks', { get() { throw new DOMException('The user denied it.', 'SecurityError') } })
`

export async function setUp(browser: Browser, { startProductServer, scripts }: Product): Promise<Stage> {
  const collector = await startCollectorStage()
  const server = await startProductServer(scripts, collector.url)
  const clicks: Click[] = []
  const visitors: Visitor[] = []

  async function openVisitor(user: string): Promise<Visitor> {
    const context = await browser.newContext()
    context.setDefaultTimeout(20_000)
    await context.exposeFunction('clicked', (run: string, value: number) => {
      clicks.push({ run, value, at: Date.now() })
    })
    const signIn = (as: string) => context.addCookies([{ name: 'session', value: as, url: server.url }])
    await signIn(user)
    const visitor: Visitor = {
      context,
      signIn,
      openTab: (build, options) => openTab(context, server.url, build, options),
      close: () => context.close(),
    }
    visitors.push(visitor)
    return visitor
  }

  return {
    server,
    collector,
    clicks,
    openVisitor,
    async close() {
      await Promise.all(visitors.map((visitor) => visitor.close().catch(() => {})))
      await server.close()
      await collector.close()
    },
  }
}

async function openTab(
  context: BrowserContext,
  url: string,
  build: string,
  { blocksStorage = false, claims }: TabOptions = {},
): Promise<Tab> {
  const page = await context.newPage()
  let crashedAt: number | null = null
  page.on('crash', () => {
    crashedAt ??= Date.now()
  })
  if (blocksStorage) await page.addInitScript({ content: BLOCK })
  try {
    await page.goto(url)
    await page.waitForFunction(() => 'product' in globalThis, undefined, { timeout: 8_000 })
  } catch (error) {
    await page.close()
    throw error
  }
  if (claims !== undefined)
    await page.evaluate(
      (said) => Object.assign((globalThis as { session?: object }).session ?? {}, said),
      claims,
    )
  await page.evaluate((named) => product.open(named), build)
  return {
    page,
    build,
    get crashedAt() {
      return crashedAt
    },
    ask: (tokens = 8) => page.evaluate((count) => product.ask(count), tokens),
    askAndWait: () => page.evaluate(() => product.askAndWait()),
    thumb: (run, value, comment) =>
      page.evaluate(([id, said, words]) => product.thumb(id, said, words), [run, value, comment] as const),
    storm: (lanes) => page.evaluate((count) => product.storm(count), lanes),
    calm: () => page.evaluate(() => product.calm()),
    flush: () => page.evaluate(() => product.flush()),
    async crash() {
      await Promise.race([page.goto('chrome://crash').catch(() => {}), wait(5_000)])
      crashedAt ??= Date.now()
      await page.close()
    },
    async goElsewhere() {
      await page.goto(`${url}/elsewhere`)
      await page.close()
    },
    close: () => page.close(),
  }
}

/** Asks again and again until it holds; false where it does not in time. */
export async function holds(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs = 25,
): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (!(await condition())) {
    if (Date.now() > deadline) return false
    await wait(everyMs)
  }
  return true
}
