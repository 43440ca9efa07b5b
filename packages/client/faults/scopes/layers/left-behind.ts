import { setTimeout as wait } from 'node:timers/promises'
import type { Book, LayerName } from '../book.ts'
import { itemsOf } from '../collector.ts'
import type { Scenario } from '../layer.ts'
import { ACME_ANN, ACME_BOB, BOLT_ANN, BOLT_EVE, othersOf, SESSIONS } from '../sessions.ts'
import { holds, type Stage } from '../stage.ts'

const COMMENT = 'and this is what I think'
const WITHIN_MS = 5_000
/** Those who share a name or a tenant with somebody that comes later come first. */
const COMING = [BOLT_EVE, BOLT_ANN, ACME_BOB, ACME_ANN]

/** Records and comments wait because nobody takes them, their pages go, and then one after the other comes back. */
export const queue: Scenario = {
  name: 'what could not be sent is left behind',
  layerOf: () => 'queue',
  async run(stage, book) {
    const { server, openAll, raw } = stage
    server.weather.isDoorClosed = true
    const tabs = await openAll()
    const runs = await Promise.all(
      tabs.map(async (tab) => {
        const run = await tab.askAndWait('draft', 'a question')
        await tab.thumb(run, `${tab.session.word} ${COMMENT}`)
        return run
      }),
    )
    const commented = async () => (await raw()).queue.filter(({ text }) => text.includes(COMMENT))
    await holds(async () => (await commented()).length === SESSIONS.length, 2_000)
    book.proves('words in the queue', (await commented()).length === SESSIONS.length, 'no comment waits')
    // All at once, because a process may be of several tabs.
    await Promise.all(tabs.map((tab) => tab.crash()))

    await comeBack(stage, book, 'queue', runs, async (isFirst) => {
      if (!isFirst) return
      const words = (await commented()).filter(({ text }) => !text.includes(BOLT_EVE.word))
      book.isolates(
        'words in the queue',
        words.length === 0,
        `comments of ${words.length} others lie about while ${BOLT_EVE.name} is here`,
      )
      const told = () =>
        server.posted.some(
          ({ session, body }) => session === BOLT_EVE.name && /evenkeel\.dropped\.scope/.test(body),
        )
      book.proves('words in the queue', await holds(told, WITHIN_MS), 'nobody is told of comments given up')
    })
    const gone = server.posted.filter(
      ({ session, body }) => session !== BOLT_EVE.name && body.includes(COMMENT),
    )
    book.isolates(
      'words in the queue',
      gone.every(({ status }) => status === 503),
      'a comment that was given up leaves after all',
    )
  },
}

/** Everybody's page dies in the midst of an answer, and then one after the other comes back. */
export const journal: Scenario = {
  name: 'pages crash in the midst of an answer',
  layerOf: () => 'journal',
  async run(stage, book) {
    const tabs = await stage.openAll()
    const runs = await Promise.all(tabs.map((tab) => tab.ask('letter', 'a question')))
    const journaled = async () => {
      const { queue } = await stage.raw()
      return runs.every((run) => queue.some(({ id, kind }) => id === run && kind === 'run'))
    }
    await holds(() => runs.every((run) => stage.server.asked.some((asked) => asked.run === run)), WITHIN_MS)
    book.proves('journal', await holds(journaled, 2_000), 'a run under way is not written down')
    await Promise.all(tabs.map((tab) => tab.crash()))
    await comeBack(stage, book, 'journal', runs)
  },
}

/** In the order of `COMING`; each page sends what is its own session's, and nothing of those who come later. */
async function comeBack(
  { server, collector, openTab, raw }: Stage,
  book: Book,
  layer: LayerName,
  runs: readonly string[],
  onBack: (isFirst: boolean) => Promise<void> = async () => {},
): Promise<void> {
  server.weather.isDoorClosed = false
  const from = server.posted.length
  const runOf = new Map(SESSIONS.map((session, index) => [session, runs[index] ?? '']))
  for (const [place, session] of COMING.entries()) {
    const own = runOf.get(session) ?? ''
    const tab = await openTab(session)
    const isBack = () => collector.arrived.some(({ run }) => run === own)
    book.proves(layer, await holds(isBack, WITHIN_MS), `what ${session.name} left never arrives`)
    await wait(200)
    const left = new Set((await raw()).queue.map(({ id }) => id))
    for (const later of COMING.slice(place + 1)) {
      const run = runOf.get(later) ?? ''
      const isSent = server.posted
        .slice(from)
        .some(({ body }) => itemsOf(body).some((item) => item.run === run))
      book.isolates(layer, !isSent, `a run of ${later.name} is sent before they are back`)
      book.isolates(layer, left.has(run), `a run of ${later.name} is gone from where it waited`)
    }
    for (const other of othersOf(session)) {
      const isTheirs = collector.arrived.some(
        ({ run, tenant, user }) =>
          run === own && tenant === other.tenant && user === other.user && run !== '',
      )
      book.isolates(layer, !isTheirs, `a run of ${session.name} is ${other.name}'s at the collector`)
    }
    await onBack(place === 0)
    await tab.close()
    // What a page hands over on its way out.
    await wait(100)
  }
}
