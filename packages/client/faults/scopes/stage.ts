import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Product } from './build.ts'
import { type Collector, startCollector } from './collector.ts'
import { createNoticeFile, type NoticeFile } from './flag-file.ts'
import type { SwitchingApp } from './page/app.tsx'
import type { OpenOptions, ProductPage } from './page/page.ts'
import type { Seen } from './page/witness.ts'
import { type RawStorage, readRawStorage } from './raw-storage.ts'
import type { ProductServer } from './server.ts'
import { SESSIONS, type Session } from './sessions.ts'

declare const product: ProductPage
declare const app: SwitchingApp

/** One product, one browser profile, and as many tabs as there are people. */
export interface Stage {
  readonly server: ProductServer
  readonly collector: Collector
  readonly notices: NoticeFile
  /** Everything that any tab has shown or heard, also of those that were closed. */
  seen(): Promise<{ readonly drawn: readonly Seen[]; readonly heard: readonly Seen[] }>
  openTab(session: Session, options?: OpenOptions): Promise<Tab>
  /** A tab of everybody's, in the order of `SESSIONS`. */
  openAll(options?: OpenOptions): Promise<readonly Tab[]>
  /** A tab of the app in which one signs out and another in. */
  openApp(session: Session): Promise<AppTab>
  /** What the browser holds of this product, read without the library. */
  raw(): Promise<RawStorage>
  close(): Promise<void>
}

export interface Tab {
  readonly session: Session
  readonly page: Page
  ask: ProductPageOf<'ask'>
  askAndWait: ProductPageOf<'askAndWait'>
  thumb(run: string, comment: string): Promise<void>
  pickUp(input: string): Promise<void>
  notice(): Promise<string | null>
  flush(): Promise<void>
  /** What stands on the page now. */
  text(): Promise<string>
  /** Another one opens the product in this very tab. */
  become(session: Session): Promise<Tab>
  /** Closes it, after what it has shown was written down. */
  close(): Promise<void>
  /** Its process dies. */
  crash(): Promise<void>
}

type ProductPageOf<Name extends 'ask' | 'askAndWait'> = (
  ...asked: Parameters<ProductPage[Name]>
) => Promise<string>

export interface AppTab {
  readonly page: Page
  askAndSpeak(input: string, comment: string): Promise<string>
  askAside(input: string): Promise<string | null>
  signIn(session: Session | null): Promise<void>
  clear(): Promise<number>
  purged(): Promise<number>
  close(): Promise<void>
}

const OPEN_WITHIN_MS = 15_000
const CLOSE_WITHIN_MS = 10_000

export async function setUp(browser: Browser, { startProductServer, scripts }: Product): Promise<Stage> {
  const collector = await startCollector()
  const notices = createNoticeFile()
  const server = await startProductServer(scripts, notices.path, collector.url)
  const context = await browser.newContext()
  context.setDefaultTimeout(OPEN_WITHIN_MS)
  const drawn: Seen[] = []
  const heard: Seen[] = []
  const witnesses = new Map<Page, 'product' | 'app'>()
  const reader = await context.newPage()
  await reader.goto(`${server.url}/empty`)

  async function writeDown(page: Page): Promise<void> {
    const name = witnesses.get(page)
    if (name === undefined || page.isClosed()) return
    const seen = await page.evaluate((one) => {
      const { drawn, heard } = one === 'app' ? app : product
      return { drawn: [...drawn], heard: [...heard] }
    }, name)
    drawn.push(...seen.drawn)
    heard.push(...seen.heard)
  }

  async function goTo(page: Page, path: string, name: 'product' | 'app'): Promise<void> {
    witnesses.delete(page)
    await page.goto(server.url + path)
    await page.waitForFunction((one) => one in globalThis, name)
    witnesses.set(page, name)
  }

  async function openIn(page: Page, session: Session, options: OpenOptions): Promise<Tab> {
    await goTo(page, `/?session=${session.name}`, 'product')
    await page.evaluate((how) => product.open(how), options)
    return {
      session,
      page,
      ask: (...asked) => page.evaluate((its) => product.ask(...its), asked),
      askAndWait: (...asked) => page.evaluate((its) => product.askAndWait(...its), asked),
      thumb: (run, comment) => page.evaluate((its) => product.thumb(...its), [run, comment] as const),
      pickUp: (input) => page.evaluate((asked) => product.pickUp(asked), input),
      notice: () => page.evaluate(() => product.notice()),
      flush: () => page.evaluate(() => product.flush()),
      text: () => page.innerText('body'),
      async become(next) {
        await writeDown(page)
        return openIn(page, next, options)
      },
      async close() {
        await writeDown(page)
        await page.close()
      },
      async crash() {
        await writeDown(page)
        const isGone = new Promise((resolve) => page.once('crash', resolve))
        await Promise.race([page.goto('chrome://crash').catch(() => {}), isGone, wait(5_000)])
        await page.close()
      },
    }
  }

  const openTab = async (session: Session, options: OpenOptions = {}) =>
    openIn(await context.newPage(), session, options)

  async function openApp(session: Session): Promise<AppTab> {
    const page = await context.newPage()
    await goTo(page, `/app?session=${session.name}`, 'app')
    return {
      page,
      askAndSpeak: (...said) => page.evaluate((its) => app.askAndSpeak(...its), said),
      askAside: (input) => page.evaluate((asked) => app.askAside(asked), input),
      signIn: (next) =>
        page.evaluate((its) => app.signIn(its), {
          name: next?.name ?? '',
          tenant: next?.tenant ?? null,
          user: next?.user ?? null,
        }),
      clear: () => page.evaluate(() => app.clear()),
      purged: () =>
        page.evaluate(() =>
          app.purges
            .filter(({ reason }) => reason === 'scope')
            .reduce((sum, { answers }) => sum + answers, 0),
        ),
      async close() {
        await writeDown(page)
        await page.close()
      },
    }
  }

  return {
    server,
    collector,
    notices,
    openTab,
    openApp,
    openAll: (options = {}) => Promise.all(SESSIONS.map((session) => openTab(session, options))),
    async seen() {
      for (const page of [...witnesses.keys()]) {
        await writeDown(page)
        if (page.isClosed()) witnesses.delete(page)
      }
      return { drawn, heard }
    },
    raw: () => readRawStorage(reader),
    close: () => closeAll(context, server, collector, notices),
  }
}

async function closeAll(
  context: BrowserContext,
  server: ProductServer,
  collector: Collector,
  notices: NoticeFile,
): Promise<void> {
  // A browser now and then never says that it has closed a context; what is left of it goes with the browser.
  await Promise.race([context.close(), wait(CLOSE_WITHIN_MS)])
  await server.close()
  await collector.close()
  notices.remove()
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
