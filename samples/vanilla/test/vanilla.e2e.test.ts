import { type Browser, chromium } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, findChromium } from '../../../.ci/chromium.ts'

let browser: Browser
let server: ViteDevServer
let address: string

beforeAll(async () => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found. Run `node .ci/setup-chromium.ts`.')
  browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] })
  server = await createServer({
    configFile: new URL('../vite.config.ts', import.meta.url).pathname,
    server: { port: 0, host: '127.0.0.1' },
    logLevel: 'error',
  })
  await server.listen()
  const bound = server.httpServer?.address()
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Asks, and notes every state that the answer was in, in the frame in which it was. */
async function ask(search: string) {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.goto(`${address}/${search}`)
  await page.waitForFunction(() => document.querySelector('#answer')?.hasAttribute('aria-busy'))
  await page.evaluate(() => {
    const answer = document.querySelector('#answer')
    const seen: string[] = []
    new MutationObserver(() => seen.push(answer?.textContent ?? '')).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    Object.assign(globalThis, { seen })
  })
  await page.getByRole('textbox', { name: 'Topic' }).fill('a harbour')
  await page.getByRole('button', { name: 'Write' }).click()
  await page.locator('#answer[data-evenkeel-phase="settled"]').waitFor()
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
  const result = {
    text: await page.locator('#answer').textContent(),
    status: await page.getByRole('status').textContent(),
    stages: new Set(seen).size,
    complaints,
  }
  await page.close()
  return result
}

describe('the page without React', () => {
  it('streams its answer, and says when it is ready', async () => {
    const { text, status, stages, complaints } = await ask('')
    expect(text).toBe('Light turns upon the water,\nand the water keeps none of it.')
    expect(status).toBe('The answer is ready.')
    expect(stages).toBeGreaterThan(4)
    expect(complaints).toEqual([])
  })

  it('shows the template where the endpoint fails', async () => {
    const { text, complaints } = await ask('?down')
    expect(text).toBe('Nobody can write of a harbour just now.')
    expect(complaints).toEqual([])
  })
})
