import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Halves } from './build.ts'
import type { Tab } from './page.ts'
import type { FaultServer } from './server.ts'

declare const tab: Tab

/** A server, its flag file, and the open tabs of one user. */
export interface Stage {
  readonly server: FaultServer
  readonly tabs: readonly Page[]
  /** As many tabs of another browser, in which the product has no controls: what everything costs without them. */
  readonly bare: readonly Page[]
  /** Exceptions and errors on the consoles of the tabs. */
  readonly complaints: readonly string[]
  /** A flip by an operator's request. */
  patch(feature: string, change: object): Promise<Response>
  /** A flip by whoever edits the file. */
  edit(change: (flags: Flags) => void): void
  close(): Promise<void>
}

export type Flags = Record<
  string,
  { defaultVariant: string | null; targeting?: unknown; [member: string]: unknown }
>

const SWITCH = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' }
const POINTER = { state: 'ENABLED', variants: { 1: '1', 2: '2', 9: '9' }, defaultVariant: '2' }

const START = {
  flags: {
    assistant: { ...SWITCH, metadata: { public: true } },
    'probe.prompt': { ...POINTER, metadata: { public: true } },
    'probe.model': {
      state: 'ENABLED',
      variants: { standard: 'standard', large: 'large' },
      defaultVariant: 'standard',
      targeting: { if: [{ '==': [{ var: 'cohort' }, 'internal'] }, 'large'] },
    },
    'beta.enabled': {
      ...SWITCH,
      defaultVariant: 'off',
      targeting: { if: [{ '==': [{ var: 'cohort' }, 'internal'] }, 'on'] },
      metadata: { public: true },
    },
    'team.secret': { ...SWITCH },
  },
}

export const TABS = 8

export async function setUp(browser: Browser, halves: Halves, count = TABS): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'controls-'))
  const file = join(folder, 'flags.json')
  writeFileSync(file, JSON.stringify(START))
  const server = await halves.startFaultServer(file, halves.page)
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  async function close(): Promise<void> {
    await Promise.all(contexts.map((context) => context.close()))
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const openTabs = async (name: string, hasControls: boolean) => {
    // A context has connections of its own, as another browser would.
    const context = await browser.newContext()
    contexts.push(context)
    await context.addCookies([{ name: 'session', value: 'somebody', url: server.url }])
    const pages: Page[] = []
    for (let index = 0; index < count; index += 1)
      pages.push(await openTab(context, server.url, `${name}${index}`, hasControls, complaints))
    return pages
  }
  const openBoth = async () => ({ tabs: await openTabs('', true), bare: await openTabs('bare-', false) })
  // A server that is left listening keeps the process from its end.
  const { tabs, bare } = await openBoth().catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    server,
    tabs,
    bare,
    complaints,
    patch: (feature, change) =>
      fetch(`${server.url}/evenkeel/controls/${feature}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', authorization: 'Bearer operator' },
        body: JSON.stringify({ reason: 'a drill', ...change }),
      }),
    edit(change) {
      const definitions = JSON.parse(readFileSync(file, 'utf8')) as { flags: Flags }
      change(definitions.flags)
      // As an editor or a deployment does it.
      writeFileSync(`${file}.new`, JSON.stringify(definitions))
      renameSync(`${file}.new`, file)
    },
    close,
  }
}

async function openTab(
  context: BrowserContext,
  url: string,
  name: string,
  hasControls: boolean,
  complaints: string[],
): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`tab ${name}: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself notes each refused request; that is what is brought about here.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`tab ${name}: ${message.text()}`)
  })
  await page.goto(url, { timeout: 10_000 })
  await page.evaluate(([own, controls]) => tab.open(own, controls), [name, hasControls] as const)
  return page
}

/** Asks again and again until it holds; false where it does not in time. */
export async function holds(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs = 10,
): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (!(await condition())) {
    if (Date.now() > deadline) return false
    await wait(everyMs)
  }
  return true
}

/** The value that so much of the list does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
