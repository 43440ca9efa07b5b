import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM_ARGS, findChromium } from './chromium.ts'

const root = new URL('..', import.meta.url).pathname
const conditions = ['evenkeel-source', 'module', 'import', 'development']
const resolve = { conditions }
const ssr = { resolve: { conditions, externalConditions: conditions } }
const chromium = findChromium()

/**
 * Three projects: `node` (pure logic, beside the code), `browser` (real Chromium, `*.browser.test.tsx`)
 * and `e2e` (whole processes, in a package's or sample's `test/`).
 */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'node',
          // Property tests share two cores with everything else; the time says nothing about the code.
          testTimeout: 30_000,
          environment: 'node',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/src/**/*.test.tsx',
            'packages/*/bench/**/*.test.ts',
            'packages/*/faults/**/*.test.ts',
            'samples/*/{src,server,scripts}/**/*.test.{ts,tsx}',
            '.ci/**/*.test.ts',
          ],
          exclude: ['**/*.browser.test.*', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        root,
        resolve,
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react-dom/server.browser',
            'eventsource-parser',
            'react/jsx-dev-runtime',
            'vitest-browser-react',
            '@tanstack/react-query',
            '@vscode-elements/elements/dist/vscode-button/index.js',
            'axe-core',
            'axe-core',
            '@guidepup/virtual-screen-reader',
          ],
        },
        test: {
          name: 'browser',
          include: [
            'packages/*/src/**/*.browser.test.{ts,tsx}',
            'packages/*/test/**/*.browser.test.{ts,tsx}',
          ],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: [...CHROMIUM_ARGS],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['packages/*/test/**/*.e2e.test.ts', 'samples/*/test/**/*.e2e.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
