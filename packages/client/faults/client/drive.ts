import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { ConsoleMessage, Page, Request } from 'playwright-core'
import { type Deed, deadlineOf, type PageFault } from './fault.ts'
import type { Job } from './job.ts'
import { holdsWords } from './kept-words.ts'
import type { Observed, SeenRecord } from './observed.ts'
import type { Stage } from './pages/stage.ts'
import type { FaultServer } from './server.ts'
import { PRIMARY } from './texts.ts'
import type { Witness } from './witness.ts'

declare const stage: Stage
declare const witness: Witness

const POLL_EVERY_MS = 40
/** So long after it is over nothing more may happen. */
const AFTERMATH_MS = 250
/** The same where the record cannot leave either, which is tried after a second. */
const OFFLINE_AFTERMATH_MS = 1_400
const LONGEST_KEEPING_MS = 2_000

/** Puts one row to this page, and tells what was seen. */
export async function drive(page: Page, server: FaultServer, job: Job): Promise<Observed> {
  const heard = listenTo(page, server, job)
  const { pageFault, isTimed, runs, deeds } = job.row.plan
  const { kept: wanted } = job.row.expect
  const kept: boolean[] = []
  const lookForKept = async (index: 0 | 1 | 2) => {
    if (wanted !== null) kept.push(await isKept(page, wanted[index]))
  }
  try {
    await open(page, server, job)
    const withinMs = deadlineOf(job.row.interaction, isTimed)
    let isStuck = false
    let isFresh = true
    for (let run = 1; run <= runs && !isStuck; run += 1) {
      const isLast = run === runs
      if (isLast && run > 1) {
        await lookForKept(0)
        for (const deed of deeds) await act(page, server, job, deed)
        await lookForKept(1)
        isFresh = deeds.includes('page opened')
      }
      if (isLast && pageFault === 'offline before') {
        // By the time of the first click a page has loaded what it loads once it stands.
        await page.waitForLoadState('networkidle')
        await page.context().setOffline(true)
      }
      const startedAt = Date.now()
      await page.evaluate(async (isFirst) => {
        if (isFirst) witness.mark()
        stage.start()
        // What the run before has shown goes in the next frame; whoever strikes waits for something of this one.
        if (!isFirst) await new Promise(requestAnimationFrame)
      }, isFresh)
      isFresh = false
      if (isLast && pageFault !== null && /^hidden|mid-stream$/.test(pageFault))
        await strike(page, server, job, pageFault)
      isStuck = !(await settles(page, server, job, startedAt + withinMs))
    }
    await wait(pageFault?.startsWith('offline') ? OFFLINE_AFTERMATH_MS : AFTERMATH_MS)
    await lookForKept(2)
    const seen = await page.evaluate(() => ({
      sightings: witness.sightings,
      last: witness.look(),
      complaints: witness.complaints,
      shift: witness.shift(),
      moved: witness.moved,
      lagMs: witness.lagMs(),
      records: stage.records as SeenRecord[],
      bugs: stage.bugs,
    }))
    return {
      ...seen,
      isStuck,
      kept: wanted === null ? null : kept,
      lagMs: Math.max(seen.lagMs, heard.lagMs()),
      complaints: [...seen.complaints, ...heard.complaints],
      requests: server.log.of(job.id),
      asked: heard.asked,
    }
  } finally {
    heard.stop()
    if (pageFault?.startsWith('offline')) await page.context().setOffline(false)
  }
}

async function open(page: Page, server: FaultServer, job: Job): Promise<void> {
  await page.goto(`${server.url}/page/${job.id}`, { waitUntil: 'load' })
  await page.waitForFunction(() => document.querySelector('#busy') !== null && stage.isInformed)
}

async function act(page: Page, server: FaultServer, job: Job, deed: Deed): Promise<void> {
  if (deed === 'page closed') return void (await page.goto('about:blank'))
  if (deed === 'page opened') return open(page, server, job)
  const isOn = deed === 'switched on'
  await server.change(job.id, { enabled: isOn, ...(deed === 'killed for what it said' && { purge: true }) })
  const isOpen = page.url() !== 'about:blank'
  if (isOpen) await page.waitForFunction((wanted) => stage.isOn === wanted, isOn, { timeout: 5_000 })
}

/** Whether the browser holds words of the first answer; it is given a moment to come to what is wanted. */
async function isKept(page: Page, wanted: boolean | null): Promise<boolean> {
  const holds = () => page.evaluate(holdsWords, PRIMARY.slice(0, 60))
  const until = Date.now() + LONGEST_KEEPING_MS
  let is = await holds()
  while (wanted !== null && is !== wanted && Date.now() < until) {
    await wait(POLL_EVERY_MS)
    is = await holds()
  }
  return is
}

/** What nobody in the page hears: the browser's own word of exceptions, and of requests. */
function listenTo(page: Page, server: FaultServer, job: Job) {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const heard = {
    complaints: [] as string[],
    asked: 0,
    // Of the server too, which is in this process.
    lagMs: () => delay.max / 1e6,
    stop: () => {},
  }
  const onError = (error: Error) => void heard.complaints.push(`browser: ${error.message}`)
  const onConsole = (message: ConsoleMessage) => {
    // What a script wrote there the witness has noted; and that the browser could not load something is what
    // is brought about here.
    const isLoading = /^Failed to load resource|^Access to fetch at/.test(message.text())
    if (message.type() === 'error' && message.args().length === 0 && !isLoading) {
      heard.complaints.push(`browser: ${message.text()}`)
    }
  }
  const onRequest = (request: Request) => {
    const { origin, pathname } = new URL(request.url())
    const isOurs = origin === server.url || origin === server.refusedUrl
    if (isOurs && pathname.startsWith(`/ai/${job.id}/`)) heard.asked += 1
  }
  page.on('pageerror', onError)
  page.on('console', onConsole)
  page.on('request', onRequest)
  heard.stop = () => {
    delay.disable()
    page.off('pageerror', onError)
    page.off('console', onConsole)
    page.off('request', onRequest)
  }
  return heard
}

/** Waits until somebody reads, and then does to the page what the row says. */
async function strike(page: Page, server: FaultServer, job: Job, fault: PageFault): Promise<void> {
  if (fault === 'hidden while it waits') return hide(page, server, job)
  await page
    .waitForFunction(() => witness.look().answer.length > 10, null, { timeout: 5_000 })
    .catch(() => {})
  if (fault === 'offline mid-stream') {
    await page.context().setOffline(true)
    // Emulated, it only keeps new connections from being made; a network that goes away breaks the others too.
    server.cut(job.id)
  }
  if (fault === 'unmounted mid-stream') await page.evaluate(() => stage.unmount())
  if (fault === 'regenerated mid-stream') await page.evaluate(() => stage.regenerate())
  if (fault === 'killed mid-stream') await server.change(job.id, { enabled: false })
  if (fault === 'killed for what it said mid-stream')
    await server.change(job.id, { enabled: false, purge: true })
  if (fault === 'hidden mid-stream') await hide(page, server, job)
}

/** Another tab is in front until the server has said its last word. */
async function hide(page: Page, server: FaultServer, job: Job): Promise<void> {
  const other = await page.context().newPage()
  await other.bringToFront()
  const state = await page.evaluate(() => document.visibilityState)
  if (state !== 'hidden') throw new Error('The tab could not be hidden.')
  for (let count = 0; count < 100 && server.log.of(job.id).some(({ ended }) => ended === null); count += 1) {
    await wait(POLL_EVERY_MS)
  }
  await wait(AFTERMATH_MS)
  await page.bringToFront()
  await other.close()
}

/** Whether it is over in time: nothing is busy any more, and no request is open. */
async function settles(page: Page, server: FaultServer, job: Job, deadlineAt: number): Promise<boolean> {
  let quiet = 0
  while (Date.now() < deadlineAt) {
    await wait(POLL_EVERY_MS)
    const isBusy = await page.evaluate(() => witness.look().isBusy)
    const isOpen = server.log.of(job.id).some(({ ended }) => ended === null)
    quiet = isBusy || isOpen ? 0 : quiet + 1
    if (quiet >= 4) return true
  }
  return false
}
