import type { Scenario } from '../layer.ts'
import { ACME_ANN, othersOf, type Session } from '../sessions.ts'

/** One user's server fails, until their browser asks it no more; everybody else's goes on being asked. */
export const levelState: Scenario = {
  name: "one user's server is down",
  layerOf: () => 'level state',
  async run({ server, openAll, openTab, raw }, book) {
    const tabs = await openAll()
    const [first] = tabs
    server.weather.failing = [ACME_ANN.name]
    for (let count = 0; count < 4; count += 1) await first?.askAndWait('draft', `question ${count}`)
    const isAsked = async (ask: Promise<string> | undefined) => {
      const id = await ask
      return server.asked.some(({ run }) => run === id)
    }
    book.proves(
      'level state',
      !(await isAsked(first?.askAndWait('draft', 'one more'))),
      'the breaker is not open',
    )
    const openLater = async (session: Session) => {
      const tab = await openTab(session)
      // What earlier pages have learnt is read, and what makes something of it is loaded then.
      await tab.page.waitForTimeout(400)
      return tab
    }
    const fresh = await openLater(ACME_ANN)
    // On a busy machine the first may come too early. A tab that had heard of nothing would ask the second one too.
    const hasHeard =
      !(await isAsked(fresh.askAndWait('draft', 'one more'))) ||
      !(await isAsked(fresh.askAndWait('draft', 'and one more')))
    book.proves('level state', hasHeard, 'the next tab has not heard of it')
    const { local } = await raw()
    book.proves('level state', Object.keys(local).some(isHealthKey), 'nothing is kept of it')

    for (const session of othersOf(ACME_ANN)) {
      const open = tabs.find((tab) => tab.session === session)
      const later = await openLater(session)
      for (const tab of [open, later])
        book.isolates(
          'level state',
          await isAsked(tab?.askAndWait('draft', 'a question')),
          `${session.name} asks nobody, because the server of ${ACME_ANN.name} is down`,
        )
    }
  },
}

const isHealthKey = (key: string) => key.startsWith('evenkeel.health')
