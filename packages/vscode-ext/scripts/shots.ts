import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../../.ci/chromium.ts'
import { WINDOW_ARGS } from '../test/workbench/open-window.ts'
import { send } from '../test/workbench/some-runs.ts'
import { buildExtension } from './build.ts'
import { installExtension } from './install-extension.ts'
import { runMoments } from './moments.ts'
import { CACHE, SAMPLE } from './paths.ts'
import { startProduct } from './product.ts'
import { shootEditor } from './shots/editor-shots.ts'
import { shootProduct } from './shots/product-shots.ts'
import { realisticDay } from './shots/realistic-runs.ts'

// `npm run shots`: pictures of the product and of the editor, dark and light, into `.cache/shots/`.
// `npm run shots -- moments [name …]`: every moment of the product instead, in every variant.

const RUNS = 1_240
const SHOTS = join(CACHE, 'shots')
/** As deep below the root as the sample itself, so that its imports and its tsconfig resolve. */
const WORKSPACE = join(CACHE, 'support-desk')

const [what, ...names] = process.argv.slice(2)
if (what === 'moments') await runMoments(names)
else await shootAll()

async function shootAll(): Promise<void> {
  await using lifetime = new AsyncDisposableStack()
  await mkdir(SHOTS, { recursive: true })
  await buildExtension({ production: true })
  const extensionsDir = await mkdtemp(join(CACHE, 'editor-extensions-'))
  lifetime.defer(() => rm(extensionsDir, { recursive: true, force: true }))
  await installExtension(extensionsDir)

  await rm(WORKSPACE, { recursive: true, force: true })
  for (const part of ['src', 'decks', 'package.json', 'tsconfig.json']) {
    await cp(join(SAMPLE, part), join(WORKSPACE, part), { recursive: true })
  }
  lifetime.defer(() => rm(WORKSPACE, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))
  const product = await startProduct(WORKSPACE, 'production')
  lifetime.defer(product.stop)

  const args = [...CHROMIUM_ARGS, ...WINDOW_ARGS]
  const browser = await chromium.launch({ executablePath: ensureChromium(), args })
  lifetime.defer(() => browser.close())
  for (const theme of ['dark', 'light'] as const) await shootProduct(browser, product.app, theme, SHOTS)

  const day = realisticDay(RUNS, Date.now())
  for (let start = 0; start < day.runs.length; start += 200) {
    await send(product.collector, { runs: day.runs.slice(start, start + 200) })
  }
  await send(product.collector, { signals: day.signals })
  for (const theme of ['dark', 'light'] as const) {
    await shootEditor({ browser, theme, workspace: WORKSPACE, extensionsDir, to: SHOTS })
  }
  console.log(`pictures in ${SHOTS}`)
}
