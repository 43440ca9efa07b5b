import { TENANT } from './product-server.ts'
import type { Stage } from './stage.ts'
import { givenUp, storedAttempts, storedDrops, storedRuns, storedSignals, takenRuns } from './store.ts'
import type { Life } from './storm.ts'

/** What the witness and the store say of each other. */
export interface Verdict {
  /** Asked of the product's server. */
  readonly runs: number
  readonly signals: number
  /** Journaled runs, and signals upon them, that are nowhere. */
  readonly missing: number
  /** Of those, the ones that no page counted. */
  readonly uncounted: number
  /** Runs that are nowhere because their browser kept nothing for them and their page went. */
  readonly unjournaled: number
  /** Runs that began in the last moment of their page and are nowhere: a journal takes a moment too. */
  readonly at_the_edge: number
  /** Pages that could have told of runs they could not journal, and did not. */
  readonly unjournaled_untold: number
  readonly duplicated: number
  readonly misattributed: number
  /** Nobody's, because they came in the session of another than the one whom they name. */
  readonly unattributed: number
  /** By reason, as the pages told it. */
  readonly dropped: Readonly<Record<string, number>>
  readonly problems: readonly string[]
}

/** A browser writes a journal in its own time; what began later than this before its page's end may not be in it. */
const EDGE_MS = 500

export function judge(stage: Stage, lives: readonly Life[]): Verdict {
  const { server, collector, clicks } = stage
  const problems: string[] = []
  const lifeOf = new Map(lives.map((life) => [life.build, life]))
  const asked = new Map<string, { at: number; life: Life; spans: Set<string> }>()
  for (const { run, at, build, span } of server.log) {
    const life = lifeOf.get(build)
    if (life === undefined) continue
    const known = asked.get(run)
    if (known === undefined) asked.set(run, { at, life, spans: new Set([span]) })
    else known.spans.add(span)
  }

  const runs = new Map(storedRuns(collector).map((run) => [run.run_id, run]))
  const attempts = storedAttempts(collector)
  const taken = takenRuns(server)
  let unjournaled = 0
  let atTheEdge = 0
  let missing = 0
  let duplicated = 0
  let misattributed = 0
  let unattributed = 0
  const cameWithAnother = (id: string, { user }: Life) =>
    server.posts.some((post) => post.user !== user && post.body.includes(id))
  for (const [id, { at, life, spans }] of asked) {
    const run = runs.get(id)
    if (run === undefined) {
      if (life.blocksStorage) unjournaled += 1
      else if (life.endedAt - at < EDGE_MS) atTheEdge += 1
      else {
        missing += 1
        problems.push(
          `run ${id} of ${life.build} (${life.ending}, ${life.endedAt - at} ms before its end) is nowhere`,
        )
      }
      continue
    }
    if (run.user_id === null && run.tenant === TENANT && cameWithAnother(id, life)) unattributed += 1
    else if (run.user_id !== life.user || run.tenant !== TENANT) {
      misattributed += 1
      problems.push(`run ${id} of ${life.user} is ${run.user_id}'s`)
    }
    if ((taken.get(id)?.roots.size ?? 0) > 1 || (attempts.get(id) ?? 0) > spans.size) {
      duplicated += 1
      problems.push(`run ${id} is there more than once`)
    }
  }

  const signals = new Map<string, number[]>()
  for (const { run_id, value } of storedSignals(collector))
    signals.set(run_id, [...(signals.get(run_id) ?? []), value])
  let signalCount = 0
  for (const { run, value, at } of clicks) {
    const life = asked.get(run)?.life
    if (life === undefined) continue
    signalCount += 1
    const stored = signals.get(run) ?? []
    if (stored.length > 1) {
      duplicated += 1
      problems.push(`the click upon ${run} is there ${stored.length} times`)
    }
    if (stored.includes(value)) continue
    if (life.blocksStorage) unjournaled += 1
    else if (life.endedAt - at < EDGE_MS) atTheEdge += 1
    else {
      missing += 1
      problems.push(
        `the click upon ${run} of ${life.build} (${life.ending}, ${life.endedAt - at} ms before its end) is nowhere`,
      )
    }
  }

  const told = storedDrops(collector).filter(({ build }) => lifeOf.has(build))
  const counted = told.reduce((sum, report) => sum + givenUp(report), 0)
  const dropped: Record<string, number> = {}
  for (const { build: _, ...report } of told)
    for (const [reason, count] of Object.entries(report)) dropped[reason] = (dropped[reason] ?? 0) + count

  // A page that was let go of, and whose last batch was taken, had the time to say what it could not write down.
  const untold = lives.filter(({ blocksStorage, build, ending }) => {
    const last = server.posts.findLast(({ body }) => body.includes(`"${build}"`))
    const reached = last !== undefined && last.status < 300
    return blocksStorage && ending === 'calm' && reached && !told.some((report) => report.build === build)
  })
  for (const { build } of untold) problems.push(`${build} did not tell of what it could not write down`)

  return {
    runs: asked.size,
    signals: signalCount,
    missing,
    uncounted: Math.max(0, missing - counted),
    unjournaled,
    at_the_edge: atTheEdge,
    unjournaled_untold: untold.length,
    duplicated,
    misattributed,
    unattributed,
    dropped,
    problems,
  }
}
