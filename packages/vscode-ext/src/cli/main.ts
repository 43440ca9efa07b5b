import { stopCollector } from '../engine/attach/stop-collector.ts'
import { attachCollector } from '../engine/attach.ts'
import { SourceError } from '../engine/http-source.ts'
import { findRunning, healthOf, urlOf } from '../engine/workspace/find-running.ts'
import { workspaceFolder } from '../engine/workspace/folder.ts'
import { answer } from './answer.ts'
import { collectorCommand } from './collector-command.ts'
import { type CommandLine, readCommandLine, USAGE } from './command-line.ts'

/** Runs one command; returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let line: CommandLine | null
  try {
    line = readCommandLine(argv)
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`)
    return 2
  }
  if (line === null) {
    console.log(USAGE)
    return 0
  }
  try {
    console.log(await run(line))
    return 0
  } catch (error) {
    console.error(messageOf(error))
    return 1
  }
}

async function run(line: CommandLine): Promise<string> {
  if (line.command === 'collector') return await tellCollector(line)
  if (line.command === 'collector stop') return await endCollector(line)
  const { workspace } = line
  const attachment = await attachCollector({ workspace, spawn: collectorCommand(process.argv[1] ?? '') })
  try {
    return await answer(attachment.client, line, Date.now())
  } finally {
    await attachment.release({ stopIfUnattached: attachment.startedByUs })
  }
}

async function tellCollector({ workspace, json }: CommandLine): Promise<string> {
  const running = await findRunning(workspaceFolder(workspace))
  const health = running === null ? null : await healthOf(urlOf(running))
  if (running === null || health === null) return json ? 'null' : 'No collector runs for this workspace.'
  const { pid, version, attached, startedAtEpochMs } = health
  return json
    ? JSON.stringify({ url: urlOf(running), ...health }, null, 2)
    : `${urlOf(running)}, process ${pid}, version ${version}, attached ${attached}, since ${new Date(startedAtEpochMs).toISOString()}`
}

async function endCollector({ workspace }: CommandLine): Promise<string> {
  const folder = workspaceFolder(workspace)
  const running = await findRunning(folder)
  if (running === null) return 'No collector runs for this workspace.'
  return (await stopCollector(folder, running, { unlessAttached: true }))
    ? 'The collector has ended.'
    : 'The collector stays: somebody is attached.'
}

function messageOf(error: unknown): string {
  if (error instanceof SourceError) return `${error.message} ${error.hint}`
  return error instanceof Error ? error.message : String(error)
}

// No top-level await: the bundle is CommonJS.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
