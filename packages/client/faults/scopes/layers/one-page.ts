import type { Scenario } from '../layer.ts'
import type { ProductPage } from '../page/page.ts'
import { ownersIn, SESSIONS } from '../sessions.ts'
import { holds } from '../stage.ts'

declare const product: ProductPage

/** Somebody who looks after all tenants watches a run of each again, side by side. */
export const replay: Scenario = {
  name: 'runs of everybody are watched again in one page',
  layerOf: () => 'replay',
  async run({ server, openAll, raw }, book) {
    const tabs = await openAll()
    const toReplay = await Promise.all(
      tabs.map(async (tab) => {
        const id = await tab.askAndWait('draft', 'a question')
        const record = await tab.page.evaluate((run) => product.record(run), id)
        if (record === null) throw new Error('There is no record.')
        return { record, text: `${tab.session.word} ${'and so on '.repeat(3)}`.slice(0, record.answerLength) }
      }),
    )
    await Promise.all(tabs.map((tab) => tab.flush()))
    const [first] = tabs
    if (first === undefined) return
    await holds(async () => (await raw()).queue.length === 0, 3_000)
    const before = [server.asked.length, server.posted.length, server.resumed.length]
    const kept = JSON.stringify(await raw())
    // By a page of nobody, so that the words of everybody may stand on it.
    const page = await first.page.context().newPage()
    await page.goto(`${server.url}/?session=`)
    await page.waitForFunction(() => 'product' in globalThis)
    await page.evaluate((each) => product.replay(each), toReplay)
    for (const [index, { name, word }] of SESSIONS.entries()) {
      const text = await page.innerText(`#replay-${index}`)
      const others = ownersIn(text).filter((owner) => owner.name !== name)
      book.isolates(
        'replay',
        others.length === 0,
        `in the replay of ${name} stands what is ${others[0]?.name}'s`,
      )
      book.proves('replay', text.includes(word), `the replay of ${name} shows nothing`)
    }
    await page.waitForTimeout(1_200)
    const after = [server.asked.length, server.posted.length, server.resumed.length]
    book.isolates('replay', String(before) === String(after), 'a replay asks or sends something')
    book.isolates('replay', kept === JSON.stringify(await raw()), 'a replay keeps something')
    await page.close()
  },
}

/** One page, one query cache, and one after the other is signed in there. */
export const queryCache: Scenario = {
  name: 'one query cache for everybody',
  // The words of everybody stand on that page.
  layerOf: (place) => (place === 'screen' ? null : 'query cache'),
  async run({ server, openTab }, book) {
    const [first] = SESSIONS
    if (first === undefined) return
    const tab = await openTab(first)
    const from = server.asked.length
    const sessions = [...SESSIONS, ...SESSIONS].map(({ name, tenant, user }) => ({ name, tenant, user }))
    await tab.page.evaluate((each) => product.query(each, 'the same question'), sessions)
    const asked = server.asked.slice(from).map(({ session }) => session)
    for (const { name } of SESSIONS)
      book.isolates('query cache', asked.includes(name), `${name} is given the answer of another`)
    book.proves('query cache', asked.length === SESSIONS.length, 'nobody finds their own answer again')
    const text = await tab.text()
    book.proves('query cache', ownersIn(text).length === SESSIONS.length, 'not everybody was answered')
  },
}
