import type { Page } from 'playwright-core'
import type { Scenario } from '../layer.ts'
import { othersOf, ownersIn, SESSIONS, type Session } from '../sessions.ts'
import { holds } from '../stage.ts'

const QUESTION = 'a long question'
const WITHIN_MS = 4_000

/** In the midst of an answer the tab is opened anew, by another one, who is at the same place of the product. */
export const reloadNote: Scenario = {
  name: 'another one reloads the tab of a running answer',
  layerOf: () => 'reload note',
  async run({ server, openTab }, book) {
    const hasAsked = (who: Session, whose: Session) =>
      server.resumed.some(
        ({ session, answer }) => session === who.name && server.answers.get(answer) === whose.name,
      )
    await Promise.all(
      SESSIONS.map(async (session) => {
        let tab = await openTab(session)
        await tab.ask('letter', QUESTION)
        await holds(async () => (await tab.text()).includes(session.word), WITHIN_MS)
        for (const other of othersOf(session)) {
          tab = await tab.become(other)
          await tab.pickUp(QUESTION)
          await tab.page.waitForTimeout(100)
          book.isolates(
            'reload note',
            !hasAsked(other, session),
            `${other.name} asks for the answer of ${session.name}`,
          )
          const [shown] = ownersIn(await tab.text())
          book.isolates('reload note', shown === undefined, `${other.name} sees what is ${shown?.name}'s`)
        }
        tab = await tab.become(session)
        await tab.pickUp(QUESTION)
        const isBack = () => hasAsked(session, session)
        book.proves('reload note', await holds(isBack, WITHIN_MS), `${session.name} does not ask again`)
        const hasText = async () => ownersIn(await tab.text()).includes(session)
        book.proves('reload note', await holds(hasText, WITHIN_MS), `${session.name} sees nothing again`)
        await tab.close()
      }),
    )
  },
}

/** Everybody asks for everybody's answers by their ids, and tries to have them forgotten. */
export const resume: Scenario = {
  name: "everybody asks for everybody's answers",
  layerOf: (place) => (place === 'resume' ? null : 'resume'),
  async run({ server, openAll }, book) {
    const tabs = await openAll()
    await Promise.all(tabs.map((tab) => tab.ask('letter', QUESTION)))
    await holds(() => server.answers.size >= SESSIONS.length, WITHIN_MS)
    const answers = [...server.answers]
    book.proves('resume', answers.length === SESSIONS.length, 'not every answer can be resumed')
    for (const method of ['GET', 'DELETE']) {
      for (const tab of tabs) {
        for (const [answer, owner] of answers) {
          if (owner === tab.session.name) continue
          const { status, text } = await fetchAs(tab.page, method, answer)
          const isNothing = status === 204 && text === ''
          book.isolates('resume', isNothing, `${tab.session.name} is given an answer of ${owner}`)
        }
      }
    }
    for (const tab of tabs) {
      const [own = ''] = answers.find(([, owner]) => owner === tab.session.name) ?? []
      const { status, text } = await fetchAs(tab.page, 'GET', own)
      book.isolates(
        'resume',
        status === 200 && text.includes(tab.session.word),
        `the answer of ${tab.session.name} was forgotten for another`,
      )
    }
  },
}

/** The first words that come, by a script of the page. */
function fetchAs(page: Page, method: string, answer: string): Promise<{ status: number; text: string }> {
  return page.evaluate(
    async ([how, id]) => {
      const response = await fetch(`/api/resume/${id}`, { method: how, cache: 'no-store' })
      const reader = response.body?.getReader()
      const decoder = new TextDecoder()
      let text = ''
      while (reader !== undefined && text.length < 300) {
        const { done, value } = await reader.read()
        if (done) break
        text += decoder.decode(value)
      }
      await reader?.cancel()
      return { status: response.status, text }
    },
    [method, answer] as const,
  )
}
