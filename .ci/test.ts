import { ensureChromium } from './chromium.ts'
import { readCounts, total } from './counts.ts'
import { bin, runStep, type Step, script } from './steps.ts'

const VITEST = ['run', '--config', '.ci/vitest.config.ts', '--reporter=default'] as const

const project = (name: string, title: string): Step => bin(title, 'vitest', ...VITEST, '--project', name)

console.log(`Chromium: ${ensureChromium()}`)

const suites: readonly Step[] = [
  script('check: types, lint, architecture', '.ci/check.ts'),
  script('build', '.ci/build.ts'),
  project('node', 'unit tests'),
  project('browser', 'tests in real Chromium'),
  project('e2e', 'end-to-end tests'),
  script('extension suite in a real VS Code', 'packages/vscode-ext/test/run-in-code-server.ts'),
]

const outputs: string[] = []
let failedSuites = 0
for (const suite of suites) {
  const { code, output } = await runStep(suite)
  outputs.push(output)
  if (code === 0) continue
  failedSuites += 1
  // Nothing further can be believed of code that does not build.
  if (suite.name === 'build') break
}

const { passed, failed, skipped } = total(outputs.map(readCounts))
// A suite that died without a failing test (a crash, a type error) still counts as a failure.
const failures = failedSuites > 0 ? Math.max(failed, failedSuites) : failed
console.log(`\n${passed} passed, ${failures} failed, ${skipped} skipped`)
process.exitCode = failures === 0 && passed > 0 ? 0 : 1
