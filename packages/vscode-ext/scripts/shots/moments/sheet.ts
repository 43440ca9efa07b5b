import type { Browser } from 'playwright-core'

/** One picture for the sheet. */
export interface Shot {
  readonly name: string
  readonly isWide: boolean
  readonly png: Buffer
}

const STYLE = `
body { margin: 0; padding: 24px; background: #8b8f98; font: 600 15px system-ui, sans-serif; color: #fff; width: 2152px; }
h1 { margin: 0 0 16px; font-size: 24px; }
div { display: flex; flex-wrap: wrap; gap: 24px; margin-bottom: 24px; }
figure { margin: 0; }
figcaption { margin-bottom: 6px; }
img { display: block; box-shadow: 0 2px 12px #0006; }
.wide img { width: 700px; }
.narrow img { width: 338px; }
`

/** All pictures of one moment in one, so that a person sees them at a glance. */
export async function contactSheet(browser: Browser, title: string, shots: readonly Shot[]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 2200, height: 1200 } })
  const figures = (isWide: boolean) =>
    shots
      .filter((shot) => shot.isWide === isWide)
      .map(
        ({ name, png }) =>
          `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`,
      )
      .join('')
  await page.setContent(
    `<style>${STYLE}</style><h1>${title}</h1><div class="wide">${figures(true)}</div><div class="narrow">${figures(false)}</div>`,
    { waitUntil: 'load' },
  )
  const sheet = await page.screenshot({ fullPage: true })
  await page.close()
  return sheet
}
