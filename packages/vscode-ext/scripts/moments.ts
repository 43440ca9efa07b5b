import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../../.ci/chromium.ts'
import { CACHE } from './paths.ts'
import { startBuiltProduct } from './shots/moments/built-product.ts'
import { shootMoments } from './shots/moments/shoot-moments.ts'

/** Pictures of every moment of the product (or of those named), into `.cache/shots/moments/`. */
export async function runMoments(only: readonly string[]): Promise<void> {
  const to = join(CACHE, 'shots', 'moments')
  await mkdir(to, { recursive: true })
  await using lifetime = new AsyncDisposableStack()
  const product = await startBuiltProduct()
  lifetime.defer(product.stop)
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] })
  lifetime.defer(() => browser.close())
  const missed = await shootMoments(browser, product.app, to, only)
  console.log(`pictures in ${to}`)
  if (missed.length > 0) process.exitCode = 1
}
