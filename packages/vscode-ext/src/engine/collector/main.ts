import { claim } from '../workspace/claim.ts'
import { urlOf } from '../workspace/find-running.ts'
import { createFolder, workspaceFolder } from '../workspace/folder.ts'
import { runCollector } from './collector.ts'
import { type CommandLine, readCommandLine, USAGE } from './command-line.ts'

/** Runs the collector of a workspace in this process; returns the exit code when it has ended. */
async function main(argv: readonly string[]): Promise<number> {
  let commandLine: CommandLine
  try {
    commandLine = readCommandLine(argv)
  } catch (error) {
    console.error(`${messageOf(error)}\n${USAGE}`)
    return 2
  }
  try {
    return await serve(commandLine)
  } catch (error) {
    console.error(`evenkeel collector: ${messageOf(error)}`)
    return 1
  }
}

async function serve({ workspace, port, idleMs }: CommandLine): Promise<number> {
  const folder = workspaceFolder(workspace)
  createFolder(folder)
  const claimed = await claim(folder)
  if ('running' in claimed) {
    const { running } = claimed
    if (port !== 0 && port !== running.port)
      throw new Error(
        `This workspace's collector already runs on port ${running.port}, not ${port} (process ${running.pid}). Leave the port out, or stop it first.`,
      )
    console.log(`ready collector=${urlOf(running)}`)
    return 0
  }
  try {
    const collector = await runCollector({ folder, port, idleMs, log: logLine })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => collector.stop(signal))
    console.log(`ready collector=${collector.url}`)
    await collector.ended
    return 0
  } finally {
    claimed.lock.release()
  }
}

function logLine(line: string): void {
  console.error(`${new Date().toISOString()} ${line}`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

// No top-level await: the bundle for the editor is CommonJS.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
