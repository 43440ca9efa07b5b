import { writeReport } from './reporter.ts'
import { readTask } from './task.ts'

/**
 * What the extension host calls. Mocha is loaded by its own path, because it is a module of its own that
 * cannot be bundled; everything else of the suite is in this one file.
 */
export async function run(): Promise<void> {
  const { report } = readTask()
  const { default: Mocha } = await import('mocha')
  // Base prints nothing: what is to be seen goes through the report.
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, slow: 5_000, reporter: Mocha.reporters.Base })
  // Defines describe and it, which the suites below use as they load.
  mocha.suite.emit('pre-require', globalThis, '', mocha)
  // In this order: the last two end a window and a collector that the others use.
  await import('./views.ts')
  await import('./feature-lens.ts')
  await import('./run-page.ts')
  await import('./live.ts')
  await import('./two-windows.ts')
  await import('./recovery.ts')
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) =>
      failures === 0 ? resolve() : reject(new Error(`${failures} tests failed.`)),
    )
    writeReport(report, runner)
  })
}
