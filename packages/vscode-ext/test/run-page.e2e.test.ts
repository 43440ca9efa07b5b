import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, findChromium } from '../../../.ci/chromium.ts'
import { runPageHtml } from '../src/editor/run-page-html.ts'
import { createRunFixtures } from '../src/pages/run/fixtures.ts'

const MAIN = fileURLToPath(new URL('../src/pages/run/main.tsx', import.meta.url))
const NONCE = 'bm9uY2U'
const { degraded, answered } = createRunFixtures(Date.now())

/** The page as it is shipped may not grow past this without a thought. */
const MOST_GZIPPED_BYTES = 112 * 1024

let browser: Browser
let server: Server
let origin: string
const files = new Map<string, string>()

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [{ in: MAIN, out: 'run' }],
    outdir: '/pages',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    platform: 'browser',
    target: 'chrome134',
    conditions: ['evenkeel-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  for (const { path, text } of outputFiles) files.set(path, text)
  server = createServer((request, response) => {
    const body = files.get(request.url ?? '')
    response.statusCode = body === undefined ? 404 : 200
    response.setHeader('content-type', `${TYPES[request.url?.split('.').at(-1) ?? ''] ?? 'text/html'}`)
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  files.set(
    '/',
    runPageHtml({
      runId: degraded.run.runId,
      nonce: NONCE,
      script: `${origin}/pages/run.js`,
      styles: `${origin}/pages/run.css`,
      source: origin,
    }),
  )
  const executablePath = findChromium()
  browser = await chromium.launch({
    args: [...CHROMIUM_ARGS],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' }

/** Opens the built page as a webview does: with the editor's API, answered by a stand-in for the extension. */
async function openPage() {
  const page = await browser.newPage()
  const problems: string[] = []
  const posted: { readonly type: string; readonly id?: number }[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.exposeFunction('receive', async (message: { type: string; id?: number }) => {
    posted.push(message)
    if (message.type !== 'ask') return
    const answer = { type: 'answer', id: message.id, ok: true, body: degraded }
    await page.evaluate((data) => window.postMessage(data, '*'), answer)
  })
  await page.addInitScript(() => {
    const scope = globalThis as unknown as Record<string, unknown>
    const receive = (message: unknown) => (scope.receive as (message: unknown) => void)(message)
    scope.acquireVsCodeApi = () => ({
      postMessage: receive,
      setState: (state: unknown) => receive({ type: 'state', state }),
    })
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  await page.goto(origin)
  await page.getByRole('heading', { level: 1, name: 'draft-reply' }).waitFor()
  return { page, problems, posted }
}

describe('the built run page in a webview', () => {
  it('asks its question, draws the run, and breaks nothing of its strict policy', async () => {
    const { page, problems, posted } = await openPage()
    expect(posted).toContainEqual({
      type: 'ask',
      id: 1,
      path: '/v1/questions/run',
      query: { runId: degraded.run.runId },
    })
    await page.getByRole('button', { name: /^Attempt 1, retrieval:/ }).click()
    await page.getByRole('button', { name: 'Show as table' }).click()
    await page.getByRole('button', { name: 'Show as waterfall' }).click()
    const bar = await page.locator('.segment').first().boundingBox()
    expect(bar?.height, 'its styles were let in').toBe(16)
    const button = page.locator('vscode-button').first()
    expect(await button.evaluate((element) => element.shadowRoot?.adoptedStyleSheets.length)).toBeGreaterThan(
      0,
    )
    expect(problems).toEqual([])
    await page.close()
  })

  it('keeps its run for a reload of the window, and posts what it is told to do', async () => {
    const { page, posted } = await openPage()
    await page.getByRole('button', { name: 'Open the run that took its place' }).click()
    await page.getByRole('button', { name: 'Copy run id' }).click()
    await page.getByRole('button', { name: 'Show in code' }).click()
    await expect
      .poll(() => posted.filter(({ type }) => type !== 'ask'))
      .toEqual([
        { type: 'state', state: { runId: degraded.run.runId } },
        { type: 'openRun', runId: answered.run.runId },
        { type: 'copy', text: degraded.run.runId },
        { type: 'revealFeature', feature: 'draft-reply' },
      ])
    await page.close()
  })

  it('the same policy would have caught an inline style', async () => {
    const { page, problems } = await openPage()
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran = true'
      document.body.append(script)
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>')
    })
    await expect
      .poll(() => problems.filter((text) => text.startsWith('policy:')).length)
      .toBeGreaterThanOrEqual(2)
    await page.close()
  })

  it('is small', async () => {
    const bytes = [...files]
      .filter(([path]) => path.startsWith('/pages/'))
      .map(([, text]) => gzipSync(text).length)
    expect(bytes.length).toBe(2)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_GZIPPED_BYTES)
  })
})
