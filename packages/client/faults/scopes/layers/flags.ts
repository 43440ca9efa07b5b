import { noticeOf } from '../flag-file.ts'
import type { Scenario } from '../layer.ts'
import { ownersIn, SESSIONS } from '../sessions.ts'
import { holds, type Tab } from '../stage.ts'

const WITHIN_MS = 6_000

/** Everybody has two tabs and a notice of their own; all notices change; then nobody is told anything. */
export const flags: Scenario = {
  name: 'everybody has a notice of their own',
  layerOf: (place) =>
    place === 'channel' ? "tabs' channel" : place === 'kept flags' ? 'kept flags' : 'flags',
  async run(stage, book) {
    const { server, notices, openAll, openTab, raw } = stage
    const tabs = [...(await openAll({ hasControls: true })), ...(await openAll({ hasControls: true }))]
    for (const edition of [1, 2, 3]) {
      if (edition > 1) notices.edit(edition)
      const isTold = (tab: Tab) => async () => (await tab.notice()) === noticeOf(tab.session, edition)
      const told = await Promise.all(tabs.map((tab) => holds(isTold(tab), WITHIN_MS)))
      for (const [index, tab] of tabs.entries()) {
        const notice = (await tab.notice()) ?? ''
        const others = ownersIn(notice).filter((owner) => owner !== tab.session)
        const { name } = tab.session
        book.isolates('flags', others.length === 0, `${name} is told the notice of ${others[0]?.name}`)
        book.proves('flags', told[index] === true, `${name} never hears edition ${edition}`)
      }
    }
    const { heard } = await stage.seen()
    for (const { name, word } of SESSIONS)
      book.proves(
        "tabs' channel",
        heard.some(({ session, text }) => session === name && text.includes(word)),
        `no tab of ${name} has told the other`,
      )

    const { local } = await raw()
    const [owner] = ownersIn(local['evenkeel.flags'] ?? '')
    book.proves('kept flags', owner !== undefined, 'no flags are kept')
    await Promise.all(tabs.map((tab) => tab.close()))
    server.weather.isFlagsDown = true
    for (const session of SESSIONS) {
      const tab = await openTab(session, { hasControls: true })
      const isOwn = async () => (await tab.notice()) === noticeOf(session, 3)
      if (session === owner)
        book.proves('kept flags', await holds(isOwn, 1_000), 'kept flags are not found by their own')
      else await tab.page.waitForTimeout(150)
      const others = ownersIn((await tab.notice()) ?? '').filter((one) => one !== session)
      book.isolates(
        'kept flags',
        others.length === 0,
        `${session.name} starts with the flags of ${others[0]?.name}`,
      )
      await tab.close()
    }
  },
}

/** The server's own flags cannot be evaluated for a while, and everybody is given what was in force for them. */
export const serverControls: Scenario = {
  name: "the server's flags are away",
  layerOf: () => "server's controls",
  async run({ server, openAll }, book) {
    const tabs = await openAll()
    for (const tab of tabs) await tab.askAndWait('draft', 'before')
    server.weather.isSourceDown = true
    for (const tab of tabs) {
      const run = await tab.askAndWait('draft', 'meanwhile')
      const { name, word } = tab.session
      const prompt = server.asked.find((asked) => asked.run === run)?.prompt
      const [owner] = ownersIn(prompt ?? '')
      book.isolates(
        "server's controls",
        prompt === word,
        `${name} is given ${owner === undefined ? 'no prompt' : `the prompt of ${owner.name}`}`,
      )
    }
  },
}
