import { parseArgs } from 'node:util'
import { OUTCOMES, type Outcome } from '@evenkeel/shared'

export const USAGE = `Usage: evenkeel COMMAND [options]

  features              what each feature did: latency, fallback share, thumbs-down rate
  runs                  the latest runs
  run ID                one run with its attempts and signals, by its id or by the
                        code that its user was shown
  collector             whether a collector runs, and where
  collector stop        ends it, unless somebody else is attached

  --workspace DIR       the workspace, the current folder where absent
  --environment NAME    the environment (features: the one seen last where absent)
  --feature ID          runs of this feature only
  --outcome OUTCOME     runs that ended so only: ${OUTCOMES.join(', ')}
  --hours N             features: the window, 24 where absent
  --limit N             runs: how many, 20 where absent
  --json                the answer as JSON`

export type Command = 'features' | 'runs' | 'run' | 'collector' | 'collector stop'

export interface CommandLine {
  readonly command: Command
  /** What stands behind the command: a run's id. */
  readonly subject: string
  readonly workspace: string
  readonly environment: string | undefined
  readonly feature: string | undefined
  readonly outcome: Outcome | undefined
  readonly windowMs: number
  readonly limit: number
  readonly json: boolean
}

/** Reads the arguments; `null` asks for help, and what cannot be read throws in words. */
export function readCommandLine(argv: readonly string[]): CommandLine | null {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      workspace: { type: 'string', default: '.' },
      environment: { type: 'string' },
      feature: { type: 'string' },
      outcome: { type: 'string' },
      hours: { type: 'string', default: '24' },
      limit: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help || positionals.length === 0) return null
  const [command, subject] = readCommand(positionals)
  return {
    command,
    subject,
    workspace: values.workspace,
    environment: values.environment,
    feature: values.feature,
    outcome: readOutcome(values.outcome),
    windowMs: number('--hours', values.hours, 366 * 24) * 3_600_000,
    limit: number('--limit', values.limit, 500),
    json: values.json,
  }
}

function readCommand(positionals: readonly string[]): [Command, string] {
  const [first = '', second, ...more] = positionals
  if (more.length === 0) {
    if ((first === 'features' || first === 'runs' || first === 'collector') && second === undefined)
      return [first, '']
    if (first === 'collector' && second === 'stop') return ['collector stop', '']
    if (first === 'run' && second !== undefined) return [first, second]
    if (first === 'run') throw new Error('Which run? Give its id: evenkeel run ID')
  }
  throw new Error(`"${positionals.join(' ')}" is no command.`)
}

function readOutcome(text: string | undefined): Outcome | undefined {
  const outcome = OUTCOMES.find((each) => each === text)
  if (text !== undefined && outcome === undefined)
    throw new Error(`"${text}" is no outcome. There are: ${OUTCOMES.join(', ')}.`)
  return outcome
}

function number(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new Error(`${name} must be a whole number from 1 to ${most}, not "${text}".`)
  return value
}
