import { setTimeout as wait } from 'node:timers/promises'
import type { Place } from '../audit.ts'
import type { LayerName } from '../book.ts'
import type { Scenario } from '../layer.ts'
import { SESSIONS, type Session } from '../sessions.ts'
import type { Tab } from '../stage.ts'

const LAYER_OF: Readonly<Record<Place, LayerName>> = {
  screen: 'screen',
  channel: "tabs' channel",
  request: 'queue',
  collector: 'ingest',
  queue: 'queue',
  'kept answers': 'kept answers',
  health: 'level state',
  'kept flags': 'kept flags',
  resume: 'reload note',
  prompt: "server's controls",
}

/** A browser has six connections; two hold streams of flags, and so many may hold a long answer. */
const LONG_ANSWERS = 2

/** Everybody does everything in tabs of one browser, while everything fails in turn, for so long. */
export const allAtOnce = (forMs: number, random: () => number): Scenario => ({
  name: 'everybody does everything, while everything fails in turn',
  layerOf: (place) => LAYER_OF[place],
  async run(stage, book) {
    const { server, notices } = stage
    const endsAt = Date.now() + forMs
    let long = 0

    async function visit(tab: Tab, session: Session): Promise<void> {
      for (let round = 0; round < 3; round += 1) {
        const run = await tab.askAndWait('draft', `question ${Math.floor(random() * 4)}`)
        if (random() < 0.6) await tab.thumb(run, `${session.word} says so`)
      }
      if (long < LONG_ANSWERS) {
        long += 1
        try {
          await tab.ask('letter', 'a long question')
          await wait(300)
          await passOn(tab, session)
        } finally {
          long -= 1
        }
      }
      if (random() < 0.4) await tab.crash()
      else await tab.close()
    }

    /** The tab of a running answer is opened by another one, and then again by its own. */
    async function passOn(tab: Tab, session: Session): Promise<void> {
      const other = SESSIONS[Math.floor(random() * SESSIONS.length)] ?? session
      const theirs = await tab.become(other)
      await theirs.pickUp('a long question')
      await wait(150)
      const own = await theirs.become(session)
      await own.pickUp('a long question')
      await wait(300)
      await own.askAndWait('draft', 'a last question')
    }

    async function live(session: Session): Promise<void> {
      while (Date.now() < endsAt) {
        // A process may be of several tabs, and one of them crashes on purpose.
        const tab = await stage.openTab(session, { hasControls: true }).catch(() => null)
        if (tab === null) continue
        await visit(tab, session).catch(() => {})
        await tab.page.close().catch(() => {})
      }
    }

    async function change(): Promise<void> {
      const { weather } = server
      for (let turn = 0; Date.now() < endsAt; turn += 1) {
        weather.isDoorClosed = turn % 3 !== 2
        weather.isFlagsDown = turn % 5 === 3
        weather.isSourceDown = turn % 4 === 2
        const session = SESSIONS[turn % SESSIONS.length]
        weather.failing = turn % 2 === 0 || session === undefined ? [] : [session.name]
        notices.edit(turn + 2)
        await wait(500 + random() * 500)
      }
      Object.assign(weather, { isDoorClosed: false, isFlagsDown: false, isSourceDown: false, failing: [] })
    }

    await Promise.all([change(), ...[...SESSIONS, ...SESSIONS].map(live)])
    // Everybody comes back once, so that what was left is sent.
    for (const session of SESSIONS) {
      const tab = await stage.openTab(session)
      await tab.askAndWait('draft', 'are we done?')
      await tab.flush()
      await wait(300)
      await tab.close()
    }
    for (const { name, tenant, user } of SESSIONS) {
      const isOwn = (one: { tenant: string | null; user: string | null }) =>
        one.tenant === tenant && one.user === user
      book.proves(
        'ingest',
        stage.collector.arrived.filter(isOwn).length > 5,
        `hardly a word of ${name} arrives`,
      )
    }
    const waited = server.posted.filter(({ status }) => status >= 300).length
    book.proves('queue', waited > 0, 'nothing had to wait')
  },
})
