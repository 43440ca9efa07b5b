import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../../.ci/chromium.ts'
import { buildExtension } from '../scripts/build.ts'
import { startCodeServer } from '../scripts/code-server.ts'
import { CACHE, EXTENSION } from '../scripts/paths.ts'
import type { RunnerQuestion } from './suite/runner.ts'
import { TASK, type Task } from './suite/task.ts'
import { bundleSuite } from './workbench/bundle-suite.ts'
import { openRunById, openViews, reload, sees, waitsFor } from './workbench/drive.ts'
import { openWindow, WINDOW_ARGS } from './workbench/open-window.ts'
import { followReport } from './workbench/report.ts'
import { RUNS, SIGNALS, send } from './workbench/some-runs.ts'
import { collectorOf, copySample } from './workbench/workspace.ts'

const SUITE_MS = 180_000

/** Runs the suite in the extension host of the real VS Code, opened in Chromium; resolves with the exit code. */
async function main(): Promise<number> {
  const executablePath = ensureChromium()
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'editor-suite-'))
  const report = join(folder, 'report.ndjson')
  const [tests] = await Promise.all([bundleSuite(folder), buildExtension({ production: true })])
  const lifetime = new AsyncDisposableStack()
  lifetime.defer(() => rm(folder, { recursive: true, force: true }))
  const follow = followReport(report)
  const windows: Page[] = []
  try {
    const workspace = await copySample()
    lifetime.defer(workspace.remove)
    const answers = await answerQuestions(windows)
    lifetime.defer(answers.close)
    const task: Task = { workspace: workspace.path, report, runner: answers.url }
    const editor = await startCodeServer({ env: { [TASK]: JSON.stringify(task) } })
    lifetime.defer(editor.stop)
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS, ...WINDOW_ARGS] })
    lifetime.defer(() => browser.close())
    // A browser of its own for each window: what a window keeps for its reload lies in the browser.
    const ownBrowser = () => browser.newContext({ viewport: { width: 1400, height: 900 } })

    // The first window has no tests in it: it starts the collector, as a developer's window does.
    const base = { url: editor.url, folder: workspace.path, extension: EXTENSION }
    const first = await openWindow(await ownBrowser(), base)
    windows.push(first)
    await openViews(first)
    await send(await collectorOf(workspace), { runs: RUNS, signals: SIGNALS })
    windows.push(await openWindow(await ownBrowser(), { ...base, tests }))
    await follow.ended(SUITE_MS)
  } catch (error) {
    console.error(error)
  }
  const code = follow.close()
  if (code !== 0) await photograph(windows)
  await lifetime.disposeAsync()
  return code
}

/** Answers what only this side can do or see. */
async function answerQuestions(windows: readonly Page[]) {
  const server = createServer(async (request, response) => {
    try {
      const question = JSON.parse(await text(request)) as RunnerQuestion
      response.end(JSON.stringify(await answer(question, windows)))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  }
}

async function answer(question: RunnerQuestion, windows: readonly Page[]): Promise<boolean> {
  const [first, last] = [windows[0], windows.at(-1)]
  if (first === undefined || last === undefined) throw new Error('No window is open.')
  switch (question.ask) {
    case 'close-first-window':
      await first.close()
      return true
    case 'sees':
      return await sees(last, question.text)
    case 'survives-reload':
      await openRunById(first, question.runId)
      if (!(await waitsFor(first, question.text))) return false
      await reload(first)
      return await waitsFor(first, question.text)
  }
}

async function photograph(windows: readonly Page[]): Promise<void> {
  for (const [index, page] of windows.entries()) {
    if (page.isClosed()) continue
    const path = join(CACHE, 'failures', `editor-window-${index + 1}.png`)
    await page.screenshot({ path })
    console.log(`screenshot: ${path}`)
  }
}

process.exitCode = await main()
