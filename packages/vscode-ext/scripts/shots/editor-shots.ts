import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { openWindow } from '../../test/workbench/open-window.ts'
import { startCodeServer } from '../code-server.ts'

type Theme = 'dark' | 'light'

export interface EditorShots {
  readonly browser: Browser
  readonly theme: Theme
  readonly workspace: string
  readonly extensionsDir: string
  readonly to: string
}

const THEMES: Readonly<Record<Theme, string>> = { dark: 'Default Dark Modern', light: 'Default Light Modern' }
/** Two features, one of them open with its six figures. */
const FEATURE_ROWS = 8
const SIZE = { width: 1440, height: 860 }
const SETTINGS = {
  'editor.fontSize': 13,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'git.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'workbench.layoutControl.enabled': false,
}

/** VS Code with the lens and both views, then with a run's page. */
export async function shootEditor({
  browser,
  theme,
  workspace,
  extensionsDir,
  to,
}: EditorShots): Promise<void> {
  const settings = { ...SETTINGS, 'workbench.colorTheme': THEMES[theme] }
  await using editor = disposable(await startCodeServer({ extensionsDir, settings }))
  const context = await browser.newContext({ viewport: SIZE, colorScheme: theme })
  const file = join(workspace, 'src', 'draft-reply.tsx')
  const page = await openWindow(context, { url: editor.url, folder: workspace, file })
  const shoot = (name: string) => page.screenshot({ path: join(to, `${name}-${theme}.png`) })
  await page.getByRole('tab', { name: 'Evenkeel', exact: true }).first().click()
  await page.locator('.codelens-decoration', { hasText: 'p95 first token' }).waitFor({ timeout: 60_000 })
  await widenSideBar(page, 420)
  await raiseRuns(page)
  await untilQuiet(page)
  await shoot('editor')

  await row(page, 'Degraded by failure').filter({ hasText: '(late)' }).first().click()
  await waitInWebview(page, 'Degraded')
  await untilQuiet(page)
  await shoot('run-page')
  await context.close()
}

async function widenSideBar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox()
  if (box === null) return
  const edge = box.x + box.width
  await drag(page, [edge, box.y + 300], [box.x + width, box.y + 300])
}

/** Gives the Features view the room that its rows need, and the rest to the runs. */
async function raiseRuns(page: Page): Promise<void> {
  const runs = await page.locator('.pane-header', { hasText: 'Runs' }).boundingBox()
  const first = await row(page, 'classify-ticket').first().boundingBox()
  if (runs === null || first === null) return
  const end = first.y + FEATURE_ROWS * first.height + 6
  await drag(page, [runs.x + 150, runs.y], [runs.x + 150, end])
}

/** Until the language service has read the project and nothing is pointed at. */
async function untilQuiet(page: Page): Promise<void> {
  await page.mouse.move(SIZE.width / 2, SIZE.height - 60)
  await page
    .locator('.statusbar-item', { hasText: 'Initializing' })
    .waitFor({ state: 'detached', timeout: 60_000 })
  await page.waitForTimeout(1_500)
}

function row(page: Page, text: string): Locator {
  return page.locator('.customview-tree [role="treeitem"]', { hasText: text })
}

async function drag(
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(...to, { steps: 8 })
  await page.mouse.up()
}

async function waitInWebview(page: Page, text: string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame()) continue
      if (
        (await frame
          .getByText(text)
          .count()
          .catch(() => 0)) > 0
      )
        return
    }
    await page.waitForTimeout(100)
  }
  throw new Error(`The page of the run does not show "${text}".`)
}

function disposable<T extends { stop(): Promise<void> }>(thing: T): T & AsyncDisposable {
  return Object.assign(thing, { [Symbol.asyncDispose]: () => thing.stop() })
}
