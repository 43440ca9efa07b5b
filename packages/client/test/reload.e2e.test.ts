import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createMemoryResumeStore, resumeHandler, toNodeListener, withEvenkeel } from '@evenkeel/shared/server'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../../.ci/chromium.ts'

const WORDS = Array.from({ length: 60 }, (_, index) => `word-${index} `)
const TEXT = WORDS.join('')

let browser: Browser
let server: Server
let origin: string
const asked: string[] = []
const ends: ('whole' | 'stopped')[] = []

const encoder = new TextEncoder()
const event = (chunk: object) => encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`)

/** A draft of about two seconds. */
function streamOf(signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      try {
        controller.enqueue(event({ type: 'text-start', id: 't' }))
        for (const delta of WORDS) {
          await wait(35, undefined, { signal })
          controller.enqueue(event({ type: 'text-delta', id: 't', delta }))
        }
        controller.enqueue(event({ type: 'text-end', id: 't' }))
        controller.enqueue(event({ type: 'finish', finishReason: 'stop' }))
        controller.close()
        ends.push('whole')
      } catch {
        ends.push('stopped')
        controller.error(signal.reason)
      }
    },
  })
}

async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'reload/app.tsx')],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    conditions: ['evenkeel-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]?.text ?? ''
}

beforeAll(async () => {
  const source = await script()
  const store = createMemoryResumeStore()
  const draft = withEvenkeel(
    'draft-reply',
    (_request, { signal }) =>
      new Response(streamOf(signal), {
        headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
      }),
    { resume: { store, url: (answer) => `/resume/${answer}` } },
  )
  const resume = resumeHandler({ store })
  server = createServer(
    toNodeListener((request) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/draft' || pathname.startsWith('/resume/')) {
        asked.push(`${request.method} ${pathname.split('/')[1]}`)
        return pathname === '/draft' ? draft(request) : resume(request)
      }
      if (pathname === '/app.js')
        return new Response(source, { headers: { 'content-type': 'text/javascript' } })
      if (pathname !== '/') return new Response(null, { status: 404 })
      const page = '<!doctype html><title>Draft</title><div id="root"></div><script src="/app.js"></script>'
      return new Response(page, { headers: { 'content-type': 'text/html' } })
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] })
})

afterAll(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})

const textOf = async (page: Page) => (await page.locator('.evenkeel-text').textContent()) ?? ''
const runOf = (page: Page) => page.locator('main').getAttribute('data-run')

describe('a page that is reloaded in the middle of an answer', () => {
  it('shows the answer again and goes on, twice over; the model is asked once', async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.goto(origin)
    await page.getByRole('button', { name: 'Draft' }).click()
    await expect.poll(() => textOf(page)).toContain('word-5 ')
    const run = await runOf(page)
    for (const word of ['word-15 ', 'word-30 ']) {
      await page.reload()
      await expect.poll(() => textOf(page)).toContain(word)
      expect(await runOf(page)).toBe(run)
      expect(TEXT.startsWith(await textOf(page))).toBe(true)
    }
    await page.locator('[data-phase="settled"]').waitFor()
    expect(await textOf(page)).toBe(TEXT)
    expect(await page.locator('main').getAttribute('data-outcome')).toBe('answered')
    expect(asked.filter((request) => request === 'POST draft')).toHaveLength(1)
    expect(asked.filter((request) => request.startsWith('DELETE'))).toEqual([])
    expect(ends).toEqual(['whole'])

    // What is over is not brought back.
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    const before = asked.length
    await page.reload()
    await page.locator('[data-phase="idle"]').waitFor()
    await wait(200)
    expect([asked.length, complaints]).toEqual([before, []])
    await page.close()
  })
})
