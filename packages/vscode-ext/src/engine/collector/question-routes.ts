import { type Context, Hono } from 'hono'
import { QUESTIONS, type Source } from '../contract.ts'
import { type Parameter, readRunId, readRunsQuery, readWindowMs } from './parameters.ts'
import { Problem } from './problem.ts'

/** The questions of the contract, answered by any source. */
export function questionRoutes(source: Source): Hono {
  const routes = new Hono()
  routes.get(QUESTIONS.environments, async (context) => context.json(await source.environments()))
  routes.get(QUESTIONS.features, async (context) => {
    const parameter = parameterOf(context)
    return context.json(await source.features(parameter('environment'), readWindowMs(parameter)))
  })
  routes.get(QUESTIONS.runs, async (context) =>
    context.json(await source.runs(readRunsQuery(parameterOf(context)))),
  )
  routes.get(QUESTIONS.run, async (context) => {
    const runId = readRunId(parameterOf(context))
    const answer = await source.run(runId)
    if (answer === null)
      throw new Problem(
        404,
        `The run ${runId} is not known here.`,
        'It may be in another workspace, or not have arrived.',
      )
    return context.json(answer)
  })
  return routes
}

function parameterOf(context: Context): Parameter {
  return (name) => context.req.query(name) || undefined
}
