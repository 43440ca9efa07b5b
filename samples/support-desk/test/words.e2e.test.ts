import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductServer, startServer } from '../server/server.ts'
import { type FeatureId, languageOf } from '../src/language.ts'
import { launch, openDesk } from './browser.ts'

let server: ProductServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({
    port: 0,
    // Nobody takes telemetry here, and nobody needs to hear of it.
    collectorUrl: () => null,
    environment: 'end-to-end',
    pages: 'sources',
    hotReload: false,
    simulation: { seed: 3, speed: 1 },
  })
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** The longest that an age gets in these languages. */
const AGE = 'vor 59 Minuten'

const PLACES: readonly (readonly [FeatureId, string, string])[] = [
  ['draft-reply', '#/tickets/1042', '.draft .evenkeel-notice'],
  ['classify-ticket', '#/tickets/1042', '.labels .evenkeel-notice'],
  ['weekly-digest', '#/digest', '.digest .evenkeel-notice'],
]

describe.each(['en', 'de', 'ar'])('in %s, on a phone', (tag) => {
  it.each(PLACES)('each line of %s fits one line, so that none moves what is below it', async (...place) => {
    const [feature, hash, selector] = place
    const { page, close } = await openDesk(browser, server.url, {
      search: `?lang=${tag}`,
      viewport: { width: 390, height: 844 },
    })
    try {
      await page.goto(`${server.url}/?lang=${tag}${hash}`)
      await page.locator(selector).waitFor({ state: 'attached' })
      const sentences = Object.entries(languageOf(`?lang=${tag}`).decks[feature]).flatMap(([key, words]) =>
        typeof words === 'string' && !/^(feedback|answer|locale)/.test(key)
          ? [words.replace('{age}', AGE)]
          : [],
      )
      expect(sentences.length).toBeGreaterThan(10)
      const tooLong = await page.evaluate(
        ({ selector, sentences }) => {
          // Until a draft is asked for, its line is not laid out.
          document.querySelector('.draft')?.setAttribute('data-phase', 'settled')
          const line = document.querySelector<HTMLElement>(selector)
          if (line === null) return ['no line']
          const heightOf = (words: string): number => {
            line.textContent = words
            return line.getBoundingClientRect().height
          }
          const one = heightOf('One')
          if (one === 0) return ['not laid out']
          return sentences.filter((words) => heightOf(words) > one)
        },
        { selector, sentences },
      )
      expect(tooLong).toEqual([])
    } finally {
      await close()
    }
  })
})
