import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../../.ci/chromium.ts'

/** Starts the installed Chromium for a measurement. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS, ...args] })
}

/** Bundles a module as a production page would get it; its exports become the global `bench`. */
export async function bundleForPage(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'bench',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['evenkeel-source', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** A blank page with the bundle of `entry` loaded. */
export async function openBenchPage(browser: Browser, entry: string): Promise<Page> {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.addScriptTag({ content: await bundleForPage(entry) })
  return page
}
