import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(
  createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js'),
  'utf8',
)

/** What a virtual screen reader says on its way through the part of the page that the selector finds. */
export async function readOut(page: Page, selector: string): Promise<string[]> {
  // As text, because what runs the tests would take the import for one of its own.
  await page.evaluate(`import(URL.createObjectURL(
    new Blob([${JSON.stringify(SOURCE)}], { type: 'text/javascript' }),
  )).then(({ virtual }) => { window.virtual = virtual })`)
  return await page.evaluate(async (selector) => {
    const { virtual } = window as unknown as typeof import('@guidepup/virtual-screen-reader')
    const container = document.querySelector(selector)
    if (container === null) throw new Error(`Nothing is ${selector}.`)
    await virtual.start({ container })
    const said = [await virtual.lastSpokenPhrase()]
    const end = `end of ${said[0]}`
    while (said.at(-1) !== end && said.length < 200) {
      await virtual.next()
      said.push(await virtual.lastSpokenPhrase())
    }
    await virtual.stop()
    return said
  }, selector)
}
