import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../../.ci/chromium.ts'

const REACT_18 = ['react@18.3.1', 'react-dom@18.3.1']

// Beside the workspace, because its React is 19 and npm keeps one React a tree.
const folder = join(import.meta.dirname, '../../../.cache/react-18')
const modules = join(folder, 'node_modules')

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'react-18', entry)],
    bundle: true,
    write: false,
    jsx: 'automatic',
    jsxDev: true,
    conditions: ['evenkeel-source'],
    alias: { react: join(modules, 'react'), 'react-dom': join(modules, 'react-dom') },
    // Development, because that is where React warns.
    define: { 'process.env.NODE_ENV': '"development"' },
    ...options,
  })
  return outputFiles?.[0]?.text ?? ''
}

function renderOnServer(script: string): string {
  const file = join(folder, 'server.cjs')
  writeFileSync(file, script)
  return execFileSync(process.execPath, [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

let browser: Browser

beforeAll(async () => {
  if (!existsSync(join(modules, 'react-dom'))) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--save-exact', ...REACT_18])
  }
  browser = await chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] })
})

afterAll(() => browser?.close())

describe('with React 18.3', () => {
  it('is rendered on a server, hydrated without a warning, and asks once under StrictMode', async () => {
    const markup = renderOnServer(await bundle('server.tsx', { platform: 'node', format: 'cjs' }))
    expect(markup).toContain('data-react="18.3.1"')
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() !== 'info') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.setContent(`<!doctype html><title></title><div id="app">${markup}</div>`)
    await page.addScriptTag({ content: await bundle('client.tsx', { format: 'iife' }) })
    await page.getByRole('button', { name: 'Good answer' }).click()
    expect(await page.locator('.evenkeel-text').textContent()).toBe('Hello Anna.')
    expect(await page.locator('output').textContent()).toBe('Hello Anna.')
    expect(await page.title()).toBe('asked')
    expect(complaints).toEqual([])
  })
})
