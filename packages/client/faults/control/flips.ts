import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Tab } from './page.ts'
import type { LogEntry } from './server.ts'
import { holds, type Stage } from './stage.ts'

declare const tab: Tab

const ASK_EVERY_MS = 100
/** Six connections: one holds the event stream, these hold runs, and one is left for everything else. */
const LONG_RUNS = 4
/** A tab that has not heard of a flip after this long counts with this figure. */
export const NEVER_MS = 15_000

export type By = 'request' | 'file'

/** Everything that was measured of one flip, in milliseconds from it. */
export interface Killed {
  /** When each running answer was hung up on by its browser, as the server saw it. */
  readonly runsMs: readonly number[]
  /** When each tab last asked the server in vain. */
  readonly tabsMs: readonly number[]
  /** When the server itself ended an answer to somebody who knows nothing of flags. */
  readonly plainMs: number
  /** A new request after the flip was refused. */
  readonly refused: boolean
}

/** Throws the kill switch while runs are under way, and lifts it again. */
export async function kill(stage: Stage, flip: number, by: By, withinMs: number): Promise<Killed> {
  const { server, tabs } = stage
  await calm(stage)
  const running = tabs.filter((_, index) => (index + flip) % tabs.length < LONG_RUNS)
  await Promise.all(running.map((page) => page.evaluate(() => tab.startLong())))
  await all(running, () => tab.phase() === 'streaming', 10_000)
  const plain = await plainRun(server.url)
  await Promise.all(tabs.map((page) => page.evaluate((everyMs) => tab.keepAsking(everyMs), ASK_EVERY_MS)))
  await wait(3 * ASK_EVERY_MS)

  const before = server.log.length
  const at = Date.now()
  await throwSwitch(stage, 'off', by)
  const since = () => server.log.slice(before)
  const left = (feature: string) =>
    since().filter((entry) => entry.feature === feature && entry.event === 'left')
  await holds(() => left('letter').length >= running.length && left('note').length > 0, withinMs)
  await all(tabs, () => !tab.isEnabled('probe'), Math.max(0, withinMs - (Date.now() - at)))
  // What was on its way when the tab heard of it may still arrive; after that a tab that knows asks nothing.
  await wait(2 * ASK_EVERY_MS)
  const quietFrom = server.log.length
  await wait(3 * ASK_EVERY_MS)
  const isQuiet = (tab: string) => !server.log.slice(quietFrom).some((entry) => entry.tab === tab)
  const refused = (await fetch(`${server.url}/api/probe?tab=plain`, { method: 'POST' })).status === 403
  await Promise.all(tabs.map((page) => page.evaluate(() => tab.stopAsking())))

  const knows = await Promise.all(tabs.map((page) => page.evaluate(() => !tab.isEnabled('probe'))))
  const runs = running.map((page) => left('letter').find((entry) => entry.tab === String(tabs.indexOf(page))))
  const result: Killed = {
    runsMs: runs.map((entry) => (entry === undefined ? NEVER_MS : entry.at - at)),
    tabsMs: knows.map((known, index) =>
      known && isQuiet(String(index)) ? lastAsked(since(), String(index), at) : NEVER_MS,
    ),
    plainMs: (left('note')[0]?.at ?? at + NEVER_MS) - at,
    refused,
  }
  plain.abort()
  await throwSwitch(stage, 'on', 'request')
  await all(tabs, () => tab.isEnabled('probe'), 2 * withinMs)
  return result
}

/** Points the prompt at another version; the last answer by the old one tells how long that took. */
export async function rollBack(
  stage: Stage,
  to: '1' | '2',
  by: By,
  withinMs: number,
): Promise<readonly number[]> {
  const { server, tabs } = stage
  await Promise.all(tabs.map((page) => page.evaluate((everyMs) => tab.keepAsking(everyMs), ASK_EVERY_MS)))
  await wait(3 * ASK_EVERY_MS)
  const before = server.log.length
  const at = Date.now()
  if (by === 'request') await stage.patch('probe', { prompt: to })
  else {
    stage.edit((flags) => {
      const { 'probe.prompt': pointer } = flags
      if (pointer !== undefined) pointer.defaultVariant = to
    })
  }
  const answers = () =>
    server.log.slice(before).filter(({ event, feature }) => event === 'answering' && feature === 'probe')
  const isNew = (index: number) =>
    answers().some((entry) => entry.tab === String(index) && entry.prompt === to)
  await holds(() => tabs.every((_, index) => isNew(index)), withinMs)
  await wait(3 * ASK_EVERY_MS)
  await Promise.all(tabs.map((page) => page.evaluate(() => tab.stopAsking())))
  return tabs.map((_, index) => {
    const old = answers().filter((entry) => entry.tab === String(index) && entry.prompt !== to)
    return isNew(index) ? Math.max(0, (old.at(-1)?.at ?? at) - at) : NEVER_MS
  })
}

/** Runs whose record names another prompt than the server's log, or none. */
export async function unproven({ server, tabs }: Stage): Promise<number> {
  const records = (await Promise.all(tabs.map((page) => page.evaluate(() => [...tab.records])))).flat()
  const answered = server.log.filter(({ event, feature }) => event === 'answering' && feature === 'probe')
  const byRun = new Map(answered.map((entry) => [entry.run, entry]))
  const wrong = records.filter(({ outcome, runId, triple }) => {
    if (outcome !== 'answered') return false
    const witness = byRun.get(runId)
    return triple.prompt?.version !== witness?.prompt || triple.requestModel !== witness?.model
  })
  return wrong.length + (records.some(({ outcome }) => outcome === 'answered') ? 0 : 1)
}

/** One run, beside one that was started at the same moment in a tab without controls. */
export interface Delay {
  readonly withMs: number
  readonly withoutMs: number
}

/** A machine that stops for a moment stops one of a pair; what is over this is measured twice more, and the middle one counts. */
const AGAIN_MS = 50

/**
 * From a click to the request's first byte: for each tab alone, for as many at once as there are connections
 * left, and for those that are left beside as many that run. A machine that is busy with something else delays
 * both of a pair; what only the one with controls waits for, and not once but again, is a connection that is
 * held, or the controls.
 */
export async function runDelays({ tabs, bare }: Stage, rounds: number): Promise<readonly Delay[]> {
  const delays: Delay[] = []
  const ask = async (page: Page | undefined) =>
    (await Promise.race([page?.evaluate(() => tab.askTimed()), wait(3_000, null)])) ?? NEVER_MS
  const pair = async (index: number): Promise<Delay> => {
    const [withMs, withoutMs] = await Promise.all([ask(tabs[index]), ask(bare[index])])
    return { withMs, withoutMs }
  }
  /** All of these at the same moment. */
  const together = async (indices: readonly number[]) => {
    const once = () => Promise.all(indices.map(pair))
    const first = await once()
    const isOver = first.some((delay) => excessMs(delay) > AGAIN_MS)
    const tries = isOver ? [first, await once(), await once()] : [first]
    for (const place of indices.keys()) {
      const sorted = tries.flatMap((each) => each[place] ?? []).sort((a, b) => excessMs(a) - excessMs(b))
      const middle = sorted[Math.floor(sorted.length / 2)]
      if (middle !== undefined) delays.push(middle)
    }
  }
  const every = [...tabs.keys()]
  for (let round = 0; round < rounds; round += 1) {
    for (const index of every) await together([index])
    await together(every.slice(0, LONG_RUNS))
  }
  const running = [...tabs.slice(0, LONG_RUNS), ...bare.slice(0, LONG_RUNS)]
  await Promise.all(running.map((page) => page.evaluate(() => tab.startLong())))
  await all(running, () => tab.phase() === 'streaming', 3_000)
  for (let round = 0; round < rounds; round += 1)
    for (const index of every.slice(LONG_RUNS)) await together([index])
  await Promise.all(running.map((page) => page.evaluate(() => tab.stopLong())))
  await all(running, () => tab.phase() !== 'streaming', 3_000)
  return delays
}

/** How much longer the run with controls waited. */
export function excessMs({ withMs, withoutMs }: Delay): number {
  return withMs - withoutMs
}

async function throwSwitch(stage: Stage, to: 'on' | 'off', by: By): Promise<void> {
  if (by === 'request') {
    await stage.patch('letter', { enabled: to === 'on' })
    return
  }
  stage.edit(({ assistant }) => {
    if (assistant !== undefined) assistant.defaultVariant = to
  })
}

/** Nothing runs, and every tab knows that it may. */
async function calm({ tabs }: Stage): Promise<void> {
  await all(tabs, () => tab.isEnabled('probe') && tab.phase() !== 'streaming', 10_000)
}

async function all(pages: readonly Page[], condition: () => boolean, withinMs: number): Promise<void> {
  await holds(
    async () => (await Promise.all(pages.map((page) => page.evaluate(condition)))).every(Boolean),
    withinMs,
    25,
  )
}

/** A browser that knows nothing of flags: only the server can end its answer. */
async function plainRun(url: string): Promise<AbortController> {
  const leaving = new AbortController()
  const response = await fetch(`${url}/api/note?tab=plain`, { method: 'POST', signal: leaving.signal })
  const reading = async () => {
    const reader = response.body?.getReader()
    while (reader !== undefined && !(await reader.read()).done);
  }
  void reading().catch(() => {})
  return leaving
}

function lastAsked(entries: readonly LogEntry[], tab: string, at: number): number {
  const asked = entries.filter((entry) => entry.tab === tab && entry.event === 'received')
  return Math.max(0, (asked.at(-1)?.at ?? at) - at)
}
