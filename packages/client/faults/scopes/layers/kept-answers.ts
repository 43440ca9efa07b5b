import { setTimeout as wait } from 'node:timers/promises'
import type { Scenario } from '../layer.ts'
import { SESSIONS } from '../sessions.ts'
import { holds } from '../stage.ts'

const QUESTION = 'the same question of everybody'

/** Everybody asks the same, and then hears what is kept of it, because the model is gone. */
export const keptAnswers: Scenario = {
  name: 'everybody is answered from what is kept',
  layerOf: () => 'kept answers',
  async run({ server, openAll, raw }, book) {
    const tabs = await openAll()
    // Whoever opens the store throws away what others kept; here all have it open, and then keep something.
    await Promise.all(tabs.map((tab) => tab.askAndWait('draft', 'something else')))
    await wait(400)
    const before = new Set((await raw()).answers.map(({ key }) => key))
    const kept = async () => (await raw()).answers.filter(({ key }) => !before.has(key))
    await Promise.all(tabs.map((tab) => tab.askAndWait('draft', QUESTION)))
    await holds(async () => (await kept()).length >= SESSIONS.length, 2_000)
    const answers = await kept()
    for (const { name, word } of SESSIONS)
      book.isolates(
        'kept answers',
        answers.some(({ text }) => text.includes(word)),
        `what was kept for ${name} is written over or thrown away`,
      )
    server.weather.failing = SESSIONS.map(({ name }) => name)
    const asked = server.asked.length
    for (const tab of tabs) {
      const { word, name } = tab.session
      const before = (await tab.text()).split(word).length
      await tab.askAndWait('draft', QUESTION)
      const hasOwn = await holds(async () => (await tab.text()).split(word).length > before, 500)
      book.isolates('kept answers', hasOwn, `${name} does not find what was kept for them`)
    }
    book.proves(
      'kept answers',
      server.asked.slice(asked).every(({ isAnswered }) => !isAnswered) && server.asked.length > asked,
      'a model answered',
    )
  },
}
