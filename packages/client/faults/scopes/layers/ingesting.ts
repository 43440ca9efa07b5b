import type { Page } from 'playwright-core'
import type { Scenario } from '../layer.ts'
import { othersOf, SESSIONS, type Session } from '../sessions.ts'
import { holds } from '../stage.ts'

const WITHIN_MS = 4_000

/** Everybody's page says that somebody else is signed in: in its engine's words, and in a batch made by hand. */
export const ingest: Scenario = {
  name: 'everybody claims to be somebody else',
  // What a page that lies keeps and shows is its own fault.
  layerOf: (place) => (place === 'collector' ? 'ingest' : null),
  async run({ server, collector, openTab }, book) {
    for (const session of SESSIONS) {
      for (const other of othersOf(session)) {
        const { tenant, user } = other
        const tab = await openTab(session, { claims: { tenant, user } })
        const run = await tab.askAndWait('draft', `a question as ${other.name}`)
        await tab.thumb(run, 'no comment')
        await tab.flush()
        const forged = await forge(tab.page, tenant, user)
        const isThere = () =>
          [run, forged].every((id) => collector.arrived.filter((item) => item.run === id).length > 0)
        book.proves('ingest', await holds(isThere, WITHIN_MS), `what ${session.name} sends never arrives`)
        for (const item of collector.arrived) {
          if (item.run !== run && item.run !== forged) continue
          // Who names another than the session is nobody.
          const isOwn =
            [session.tenant, null].includes(item.tenant) && [session.user, null].includes(item.user)
          book.isolates('ingest', !item.isOfFeature || isOwn, `${session.name} is taken for ${other.name}`)
          book.isolates(
            'ingest',
            !/evenkeel\.tenant|enduser\.pseudo\.id/.test(item.resource),
            `the claim of ${session.name} stands on a resource`,
          )
        }
        await tab.close()
      }
    }
    book.proves('ingest', server.posted.length > 0, 'nothing was sent')
  },
}

/** A run that no library has made, with the claim everywhere that somebody might believe it; resolves with its id. */
function forge(page: Page, tenant: string, user: string): Promise<string> {
  return page.evaluate(
    async ([its, who]) => {
      const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })
      const claims = [attribute('evenkeel.tenant', its), attribute('enduser.pseudo.id', who)]
      const traceId = crypto.randomUUID().replaceAll('-', '')
      const span = {
        traceId,
        spanId: traceId.slice(16),
        name: 'evenkeel.run draft',
        startTimeUnixNano: '1',
        endTimeUnixNano: '2',
        attributes: [...claims, attribute('evenkeel.feature', 'draft'), ...claims],
      }
      const body = {
        resourceSpans: [{ resource: { attributes: claims }, scopeSpans: [{ scope: {}, spans: [span] }] }],
      }
      const headers = { 'content-type': 'application/json' }
      await fetch('/evenkeel/v1/traces', { method: 'POST', headers, body: JSON.stringify(body) })
      return traceId
    },
    [tenant, user] as const,
  )
}

/** One session sends far too much; what the others send at the same time is taken all the same. */
export const rateLimit: Scenario = {
  name: 'one session sends far too much',
  layerOf: () => 'rate limit',
  async run({ server }, book) {
    const [first, ...others] = SESSIONS
    if (first === undefined) return
    const statuses = await post(server.url, first, 150)
    book.proves('rate limit', statuses.includes(429), 'nothing was too much')
    for (const session of others) {
      const refused = (await post(server.url, session, 20)).filter((status) => status !== 202)
      book.isolates(
        'rate limit',
        refused.length === 0,
        `${session.name} is turned away (${refused[0]}) for what ${first.name} sent`,
      )
    }
  },
}

/** Past the browser, whose six connections would be a limit of their own. */
function post(url: string, { name }: Session, count: number): Promise<number[]> {
  const headers = { 'content-type': 'application/json', 'x-session': name }
  const one = async () => {
    const response = await fetch(`${url}/evenkeel/v1/traces`, {
      method: 'POST',
      headers,
      body: '{"resourceSpans":[]}',
    })
    await response.text()
    return response.status
  }
  return Promise.all(Array.from({ length: count }, one))
}
