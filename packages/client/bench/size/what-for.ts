import { EVENKEEL, firstRunGz } from './first-run.ts'
import { weigh } from './weigh.ts'

/** What a first run does, and the modules that do nothing else. */
const BEHAVIOURS: Readonly<Record<string, RegExp>> = {
  'the record as OTLP': /shared\/src\/(otlp\/|attributes)/,
  'the parser of event streams': /eventsource-parser\/dist\/parse/,
  'the durable queue': /telemetry\/(queue|browser-storage|post|entry-database|beacon)\.ts/,
  'the watch over levels': /run\/open-health|health\/health-on-demand/,
  'what the server says of the run': /stream-metadata|server-facts|evenkeel-header|prompt-reference/,
  'tool calls in the stream': /ai-sdk-tools/,
}

/**
 * What a first run weighs without each of them: the first line with all, each further one without what it names
 * and what stands above it. Bytes.
 */
export async function firstRunsWithout(resolveDir: string): Promise<Readonly<Record<string, number>>> {
  const names = Object.keys(BEHAVIOURS)
  const lines = await Promise.all(
    ['', ...names].map(async (name, index) => {
      const without = Object.values(BEHAVIOURS).slice(0, index)
      const bytes = firstRunGz(await weigh(EVENKEEL, resolveDir, without), 'ai-sdk')
      return [name === '' ? 'whole' : `… and without ${name}`, bytes] as const
    }),
  )
  return Object.fromEntries(lines)
}
