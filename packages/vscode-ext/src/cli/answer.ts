import type { Source } from '../engine/contract.ts'
import type { CommandLine } from './command-line.ts'
import { featuresText } from './features-text.ts'
import { runText } from './run-text.ts'
import { runsText } from './runs-text.ts'

/** Asks a source what the command line asks, and says the answer as text or JSON. */
export async function answer(source: Source, line: CommandLine, nowEpochMs: number): Promise<string> {
  const say = <T>(answered: T, text: (answered: T) => string) =>
    line.json ? JSON.stringify(answered, null, 2) : text(answered)
  switch (line.command) {
    case 'features':
      return say(await source.features(line.environment, line.windowMs), (features) =>
        featuresText(features, line.windowMs),
      )
    case 'runs': {
      const { environment, feature, outcome, limit } = line
      const runs = await source.runs({
        limit,
        ...(environment === undefined ? {} : { environment }),
        ...(feature === undefined ? {} : { feature }),
        ...(outcome === undefined ? {} : { outcome }),
      })
      return say(runs, (list) => runsText(list, nowEpochMs))
    }
    case 'run': {
      const run = await source.run(line.subject)
      if (run === null) throw new Error(`The run ${line.subject} is not known here.`)
      return say(run, runText)
    }
    default:
      throw new Error(`"${line.command}" is no question.`)
  }
}
