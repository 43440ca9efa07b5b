import { setTimeout as wait } from 'node:timers/promises'
import { holds, type Stage, type Tab } from './stage.ts'
import { givenUp, storedDrops, storedRuns, storedSignals, takenRuns } from './store.ts'

/** One kind of trouble, brought about on purpose; what is wrong afterwards, in words. */
export interface Drill {
  readonly name: string
  run(stage: Stage): Promise<string[]>
}

const WITHIN_MS = 8_000

let users = 0

/** Somebody whom no drill before has met, and a name for what their page sends. */
function somebody(): { user: string; build: string } {
  users += 1
  return { user: `u${users}`, build: `drill-${users}` }
}

const runsOf = ({ collector }: Stage, build: string) =>
  storedRuns(collector).filter((run) => run.build === build)

const dropsOf = ({ collector }: Stage, build: string) =>
  storedDrops(collector).filter((report) => report.build === build)

async function wantRuns(stage: Stage, build: string, count: number): Promise<string[]> {
  if (await holds(() => runsOf(stage, build).length >= count, WITHIN_MS)) return []
  const answers = stage.server.posts.filter(({ body }) => body.includes(`"${build}"`))
  const statuses = answers.map(({ status }) => status).join(', ')
  return [
    `${runsOf(stage, build).length} of ${count} runs are in the store; batches were answered: ${statuses}`,
  ]
}

const noDrops = (stage: Stage, build: string): string[] =>
  dropsOf(stage, build).some((report) => givenUp(report) > 0)
    ? [`given up: ${JSON.stringify(dropsOf(stage, build))}`]
    : []

/** Starts so many answers and waits until each is being written. */
async function askMidStream(stage: Stage, tab: Tab, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let each = 0; each < count; each += 1) ids.push(await tab.ask(80))
  await holds(() => ids.every((id) => stage.server.log.some(({ run }) => run === id)), WITHIN_MS)
  await wait(400)
  return ids
}

export const DRILLS = [
  {
    name: 'a page crashes in the middle of its answers',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      await askMidStream(stage, tab, 3)
      await tab.crash()
      await visitor.openTab(`${build}-next`)
      const wrong = await wantRuns(stage, build, 3)
      const others = runsOf(stage, build).filter(({ outcome }) => outcome !== 'abandoned')
      await visitor.close()
      return [...wrong, ...others.map(({ outcome }) => `a run that crashed is ${outcome}`)]
    },
  },
  {
    name: 'a page goes in the middle of its answers, and nobody comes after it',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      const done = await tab.askAndWait()
      await askMidStream(stage, tab, 2)
      await tab.thumb(done, 1)
      await tab.goElsewhere()
      const wrong = await wantRuns(stage, build, 3)
      const hasSignal = () => storedSignals(stage.collector).some(({ run_id }) => run_id === done)
      if (!(await holds(hasSignal, WITHIN_MS))) wrong.push('the last click is not in the store')
      // Whoever comes then sends it again, because nobody knows what became of it; it is one run all the same.
      await visitor.openTab(`${build}-next`)
      await wait(2_500)
      const taken = takenRuns(stage.server)
      for (const { run_id } of runsOf(stage, build))
        if (taken.get(run_id)?.roots.size !== 1) wrong.push('one run has two roots')
      await visitor.close()
      return wrong
    },
  },
  {
    name: 'a page goes while a batch is under way, and nobody comes after it',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      const done = await tab.askAndWait()
      stage.server.setDelay(1_500)
      tab.flush().catch(() => {})
      await wait(300)
      await tab.thumb(done, 1)
      await tab.goElsewhere()
      stage.server.setDelay(0)
      const wrong = await wantRuns(stage, build, 1)
      const hasSignal = () => storedSignals(stage.collector).some(({ run_id }) => run_id === done)
      if (!(await holds(hasSignal, WITHIN_MS))) wrong.push('the last click is not in the store')
      await visitor.close()
      return wrong
    },
  },
  {
    name: 'another tab is opened while an answer is written',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      const [id = ''] = await askMidStream(stage, tab, 1)
      await visitor.openTab(`${build}-other`)
      const wrong = await wantRuns(stage, build, 1)
      const { outcomes = [] } = takenRuns(stage.server).get(id) ?? {}
      await visitor.close()
      return outcomes.includes('abandoned') ? [...wrong, 'a run of a page that is here was swept'] : wrong
    },
  },
  {
    name: 'the collector asks for patience',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.collector.weather = 'busy'
      const from = stage.server.posts.length
      await tab.askAndWait()
      await wait(6_500)
      stage.collector.weather = 'fair'
      const wrong = await wantRuns(stage, build, 1)
      const times = stage.server.posts.slice(from).map(({ at }) => at)
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
      if (times.length < 2) wrong.push('it was asked once only')
      // The answer took some time to come, so the gap from one request to the next is longer still.
      if (gaps.some((gap) => gap < 2_000)) wrong.push(`asked again after ${Math.min(...gaps)} ms of 2,000`)
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'the collector is away, and comes back',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      await stage.collector.stop()
      const id = await tab.askAndWait()
      await tab.thumb(id, -1)
      await tab.flush()
      await stage.collector.start()
      const wrong = await wantRuns(stage, build, 1)
      const hasSignal = () => storedSignals(stage.collector).some(({ run_id }) => run_id === id)
      if (!(await holds(hasSignal, WITHIN_MS))) wrong.push('the click is not in the store')
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'the collector answers nonsense',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.collector.weather = 'garbage'
      for (let each = 0; each < 2; each += 1) {
        await tab.askAndWait()
        await tab.flush()
      }
      stage.collector.weather = 'fair'
      const wrong = await wantRuns(stage, build, 2)
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'a page stands where an answer should be',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.server.setDoor('page')
      await tab.askAndWait()
      await tab.flush()
      stage.server.setDoor('open')
      const wrong = await wantRuns(stage, build, 1)
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'a batch is too much at once',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.server.setDoor('closed')
      for (let each = 0; each < 8; each += 1) await tab.askAndWait()
      stage.collector.weather = 'narrow'
      stage.server.setDoor('open')
      const wrong = await wantRuns(stage, build, 8)
      stage.collector.weather = 'fair'
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'the collector will never take it',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.collector.weather = 'refusing'
      const ids = [await tab.askAndWait(), await tab.askAndWait()]
      await tab.thumb(ids[0] ?? '', 1)
      await tab.flush()
      await tab.flush()
      const missing = 3
      stage.collector.weather = 'fair'
      await tab.askAndWait()
      await wantRuns(stage, build, 1)
      const told = () => dropsOf(stage, build).reduce((sum, report) => sum + givenUp(report), 0)
      const isTold = await holds(() => told() >= missing, WITHIN_MS)
      await visitor.close()
      return isTold ? [] : [`${missing} were given up, and ${told()} are told of`]
    },
  },
  {
    name: 'the network is gone for a while',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      await tab.ask(20)
      await wait(200)
      await visitor.context.setOffline(true)
      await wait(1_500)
      await tab.flush()
      await visitor.context.setOffline(false)
      const wrong = await wantRuns(stage, build, 1)
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'tabs send at once',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tabs: Tab[] = []
      for (let each = 0; each < 3; each += 1) tabs.push(await visitor.openTab(build))
      stage.server.setDelay(300)
      stage.server.mostAtOnce = 0
      await Promise.all(tabs.map(async (tab) => tab.thumb(await tab.askAndWait(), 1)))
      await Promise.all(tabs.map((tab) => tab.flush()))
      stage.server.setDelay(0)
      const wrong = await wantRuns(stage, build, 3)
      if (stage.server.mostAtOnce > 1) wrong.push(`${stage.server.mostAtOnce} tabs sent at one time`)
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'somebody else signs in where something was left',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.server.setDoor('closed')
      const id = await tab.askAndWait()
      await tab.thumb(id, -1, 'words of mine')
      await tab.flush()
      await tab.crash()
      stage.server.setDoor('open')
      const from = stage.server.posts.length

      await visitor.signIn(`${user}b`)
      const next = await visitor.openTab(`${build}-b`)
      await next.askAndWait()
      const wrong = await wantRuns(stage, `${build}-b`, 1)
      await wait(1_500)
      if (runsOf(stage, build).length > 0) wrong.push('a run left in the session of somebody else')
      const hasReport = () => dropsOf(stage, `${build}-b`).some(({ scope }) => scope === 1)
      if (!(await holds(hasReport, WITHIN_MS))) wrong.push('the words that were given up are not told of')
      await next.close()
      await wait(300)

      await visitor.signIn(user)
      await visitor.openTab(`${build}-again`)
      wrong.push(...(await wantRuns(stage, build, 1)))
      if (runsOf(stage, build).some(({ user_id }) => user_id !== user))
        wrong.push('it is the run of somebody else')
      if (stage.server.posts.slice(from).some(({ body }) => body.includes('words of mine')))
        wrong.push('the words left after all')
      await visitor.close()
      return wrong
    },
  },
  {
    name: 'the browser keeps nothing',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build, { blocksStorage: true })
      await tab.askAndWait()
      await tab.askAndWait()
      const wrong = await wantRuns(stage, build, 2)
      const told = () => dropsOf(stage, build).reduce((sum, { unjournaled }) => sum + unjournaled, 0)
      if (!(await holds(() => told() === 2, WITHIN_MS)))
        wrong.push(`${told()} of 2 runs are told of as not written down`)
      await visitor.close()
      return wrong
    },
  },
  {
    name: 'the answer of the collector never comes',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.collector.weather = 'forgetful'
      await tab.askAndWait()
      await tab.flush()
      stage.collector.weather = 'fair'
      await wait(2_500)
      const wrong = await wantRuns(stage, build, 1)
      for (const { run_id } of runsOf(stage, build)) {
        const { roots } = takenRuns(stage.server).get(run_id) ?? { roots: new Set() }
        if (roots.size !== 1) wrong.push(`one run has ${roots.size} roots`)
      }
      await visitor.close()
      return [...wrong, ...noDrops(stage, build)]
    },
  },
  {
    name: 'a page says that somebody else is signed in',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build, { claims: { tenant: 'rival', user: 'boss' } })
      await tab.askAndWait()
      const wrong = await wantRuns(stage, build, 1)
      await visitor.close()
      const isSomebodys = runsOf(stage, build).some((run) => run.user_id !== null || run.tenant !== null)
      return isSomebodys ? [...wrong, 'the page was believed'] : wrong
    },
  },
  {
    name: 'a tab of the one before sends when somebody else has signed in',
    async run(stage) {
      const { user, build } = somebody()
      const visitor = await stage.openVisitor(user)
      const tab = await visitor.openTab(build)
      stage.server.setDoor('closed')
      await tab.askAndWait()
      await tab.flush()
      await visitor.signIn(`${user}b`)
      stage.server.setDoor('open')
      const next = await visitor.openTab(`${build}-b`)
      await next.askAndWait()
      const wrong = [...(await wantRuns(stage, build, 1)), ...(await wantRuns(stage, `${build}-b`, 1))]
      await visitor.close()
      if (runsOf(stage, build).some(({ user_id }) => user_id !== null))
        wrong.push('it is the run of whoever has signed in since')
      if (runsOf(stage, `${build}-b`).some(({ user_id }) => user_id !== `${user}b`))
        wrong.push('who has signed in has no runs')
      return wrong
    },
  },
] as const satisfies readonly Drill[]

export type DrillName = (typeof DRILLS)[number]['name']
