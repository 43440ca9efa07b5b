import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron'
import { buildExtension } from '../scripts/build.ts'
import { EDITOR_SETTINGS } from '../scripts/editor-settings.ts'
import { CACHE, EXTENSION } from '../scripts/paths.ts'
import { TASK, type Task } from './suite/task.ts'
import { bundleSuite } from './workbench/bundle-suite.ts'
import { followReport } from './workbench/report.ts'
import { RUNS, SIGNALS, START, send } from './workbench/some-runs.ts'
import { collectorOf, copySample } from './workbench/workspace.ts'

/**
 * Runs the same suite in VS Code's desktop build: `npm run test:electron -- 1.101.0` for a named version,
 * else the newest stable one. It is downloaded first, so this is for machines that can reach its server.
 */
async function main(version: string): Promise<number> {
  await mkdir(CACHE, { recursive: true })
  const vscodeExecutablePath = await download(version)
  const folder = await mkdtemp(join(CACHE, 'electron-suite-'))
  await using lifetime = new AsyncDisposableStack()
  lifetime.defer(() => rm(folder, { recursive: true, force: true }))
  const report = join(folder, 'report.ndjson')
  const [tests] = await Promise.all([bundleSuite(folder), buildExtension({ production: true })])
  const workspace = await copySample()
  lifetime.defer(workspace.remove)
  const userData = join(folder, 'user-data')
  await mkdir(join(userData, 'User'), { recursive: true })
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(EDITOR_SETTINGS))

  // A window inside of Electron has no second one beside it: what needs the runner is skipped.
  const task: Task = { workspace: workspace.path, report, runner: null }
  const follow = followReport(report)
  const running = runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: EXTENSION,
    extensionTestsPath: tests,
    extensionTestsEnv: { [TASK]: JSON.stringify(task), [START]: process.env[START] },
    launchArgs: [
      workspace.path,
      '--user-data-dir',
      userData,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
  const sending = collectorOf(workspace).then((url) => send(url, { runs: RUNS, signals: SIGNALS }))
  const results = await Promise.allSettled([running, sending])
  for (const result of results) if (result.status === 'rejected') console.error(result.reason)
  return follow.close()
}

async function download(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(CACHE, 'vscode') })
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    const instead = 'Where it cannot be reached, "npm run test:editor" runs the same suite.'
    throw new Error(`VS Code ${version} could not be downloaded: ${cause}. ${instead}`)
  }
}

try {
  process.exitCode = await main(process.argv[2] ?? 'stable')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('\n0 passed, 1 failed, 0 skipped')
  process.exitCode = 1
}
