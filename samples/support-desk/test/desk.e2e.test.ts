import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductServer, startServer } from '../server/server.ts'
import { violations } from './axe.ts'
import { type DeskPage, draft, launch, type OpenOptions, openDesk, settled } from './browser.ts'
import { eventually } from './product.ts'

let browser: Browser
let server: ProductServer
/** Takes telemetry and throws it away: these tests look at the page alone. */
const sink = createServer((_, response) => response.writeHead(200).end('{}'))

beforeAll(async () => {
  sink.listen(0, '127.0.0.1')
  await once(sink, 'listening')
  const [launched, started] = await Promise.all([
    launch(),
    startServer({
      port: 0,
      collectorUrl: () => `http://127.0.0.1:${(sink.address() as AddressInfo).port}`,
      environment: 'end-to-end',
      pages: 'sources',
      hotReload: false,
      simulation: { seed: 3, speed: 4 },
    }),
  ])
  browser = launched
  server = started
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  sink.close()
})

async function onDesk(options: OpenOptions, act: (desk: DeskPage) => Promise<void>): Promise<void> {
  const desk = await openDesk(browser, server.url, options)
  try {
    await act(desk)
    expect(desk.complaints).toEqual([])
  } finally {
    await desk.close()
  }
}

describe('stillness', () => {
  it('moves nothing while a draft is written: the reply box keeps its place in every frame', async () => {
    await onDesk({}, async ({ page }) => {
      await page.getByRole('button', { name: 'Draft a reply' }).click()
      const places = await page.evaluate(async () => {
        const tops = (): string =>
          ['.draft .evenkeel-answer', '.draft .evenkeel-notice', '.reply-text', '.reply-foot']
            .map((selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? -1)
            .join(' ')
        const seen = new Set<string>()
        let frames = 0
        while (document.querySelector('.draft')?.getAttribute('data-phase') !== 'settled') {
          await new Promise(requestAnimationFrame)
          seen.add(tops())
          frames += 1
        }
        await new Promise(requestAnimationFrame)
        seen.add(tops())
        return { different: seen.size, frames }
      })
      expect(places.frames).toBeGreaterThan(10)
      expect(places.different).toBe(1)
    })
  })
})

describe('keyboard', () => {
  it('reaches everything in the order that the eye reads, and shows where it is', async () => {
    await onDesk({}, async ({ page }) => {
      await draft(page)
      await page.locator('.conversation').focus()
      const reached: string[] = []
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press('Tab')
        reached.push(
          await page.evaluate(() => {
            const element = document.activeElement
            const ringed = [element, element?.closest('.label-field'), element?.closest('.reply')].some(
              (box) => box != null && getComputedStyle(box).outlineStyle !== 'none',
            )
            const label = element instanceof HTMLSelectElement ? element.labels[0]?.textContent : null
            const name = element?.getAttribute('aria-label') ?? label ?? element?.textContent?.trim() ?? ''
            // Each answer has a code of its own.
            return `${name.split(':')[0] || element?.tagName}${ringed ? '' : ' (focus not shown)'}`
          }),
        )
      }
      expect(reached).toEqual([
        'Draft a reply',
        'Tone',
        'Use this draft',
        'Put the draft away',
        'Copy the code of this answer',
        'Report',
        'Good draft',
        'Bad draft',
        'Draft again',
        'Copy the draft',
        'TEXTAREA',
        'Weather',
      ])
    })
  })

  it('chooses a ticket, drafts and sends without a mouse', async () => {
    await onDesk({}, async ({ page }) => {
      const row = page.getByRole('button', { name: /^Tomasz Wilk/ })
      await row.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Export stops at 1,000 clients' }).waitFor()
      await page.getByRole('button', { name: 'Draft a reply' }).focus()
      await page.keyboard.press('Enter')
      await settled(page)
      // Past the tone.
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const box = page.getByRole('textbox', { name: /^Your reply/ })
      await eventually(async () => ((await box.inputValue()).includes('Tomasz') ? true : null))
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('.message-agent').filter({ hasText: 'Tomasz' }).waitFor()
      expect(await row.count()).toBe(0)
      await page.getByRole('button', { name: /^Waiting/ }).click()
      expect(await row.count()).toBe(1)
    })
  })
})

describe('states', () => {
  it('shows the shape of the list while it loads', async () => {
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.route('**/api/tickets', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(server.url)
    await page.locator('.skeleton').waitFor()
    expect(await page.locator('.skeleton .row').count()).toBeGreaterThan(3)
    answer()
    await page.getByRole('button', { name: /^Mara Lindqvist/ }).waitFor()
    await page.getByText('Choose a ticket to read it here.').waitFor()
    await context.close()
  })

  it('says that the tickets could not be loaded, and tries again', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    let broken = true
    await page.route('**/api/tickets', (route) => (broken ? route.abort() : route.continue()))
    await page.goto(server.url)
    await page.getByText('The tickets could not be loaded.').waitFor()
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: /^Mara Lindqvist/ }).waitFor()
    await context.close()
  })

  it('says what was sought where nothing is found, and widens by one press', async () => {
    await onDesk({}, async ({ page }) => {
      await page.getByRole('searchbox').fill('zeppelin')
      await page.getByText('No open ticket mentions “zeppelin”.').waitFor()
      await page.getByRole('button', { name: 'Clear the search' }).click()
      expect(await page.locator('.row').count()).toBe(8)
    })
  })

  it('keeps a begun reply with its ticket', async () => {
    await onDesk({}, async ({ page }) => {
      const box = page.getByRole('textbox', { name: /^Your reply/ })
      await box.fill('Dear Mara')
      await page.getByRole('button', { name: /^Priya Raman/ }).click()
      await page.getByRole('heading', { name: /^Sign-in/ }).waitFor()
      expect(await box.inputValue()).toBe('')
      await page.goBack()
      await page.getByRole('heading', { name: /^Charged twice/ }).waitFor()
      expect(await box.inputValue()).toBe('Dear Mara')
    })
  })
})

describe('on a phone', () => {
  const phone: OpenOptions = { viewport: { width: 390, height: 844 }, hasTouch: true }

  it('shows one thing at a time, nothing wider than the screen, and the way back', async () => {
    await onDesk(phone, async ({ page }) => {
      await draft(page)
      expect(await overflow(page)).toBe(0)
      expect(await page.locator('.side').isVisible()).toBe(false)
      await page.getByRole('button', { name: 'Back to the tickets' }).click()
      await page.getByRole('button', { name: /^Mara Lindqvist/ }).waitFor()
      expect(await overflow(page)).toBe(0)
    })
  })

  it('brings the draft into sight when it is asked for', async () => {
    await onDesk(phone, async ({ page }) => {
      await draft(page)
      const inSight = await page.locator('.draft .evenkeel-notice').evaluate((line) => {
        const { bottom, top } = line.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight
      })
      expect(inSight).toBe(true)
    })
  })
})

async function overflow(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}

describe('right to left', () => {
  it('turns the whole desk round, and the draft reads in its own direction', async () => {
    await onDesk({ search: '?dir=rtl', ticket: '1039' }, async ({ page }) => {
      await draft(page)
      const places = await page.evaluate(() => {
        const left = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().left ?? 0
        return { list: left('.side'), pane: left('.pane'), rail: left('.demo-rail') }
      })
      expect(places.list).toBeGreaterThan(places.pane)
      expect(places.pane).toBeGreaterThan(places.rail)
      expect(await overflow(page)).toBe(0)
    })
  })
})

describe('accessibility', () => {
  const SETTINGS: readonly (readonly [string, OpenOptions])[] = [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['a phone', { viewport: { width: 390, height: 844 } }],
    ['right to left', { search: '?dir=rtl', ticket: '1039' }],
  ]

  it.each(SETTINGS)(
    'axe finds nothing: idle, drafted, rated, and with the panel open, in %s',
    async (_, options) => {
      await onDesk({ reducedMotion: 'reduce', ...options }, async ({ page }) => {
        expect(await violations(page)).toEqual([])
        await draft(page)
        await page.getByRole('button', { name: 'Bad draft' }).click()
        expect(await violations(page)).toEqual([])
        await page.getByRole('button', { name: /^Weather:/ }).click()
        expect(await violations(page)).toEqual([])
      })
    },
  )
})
