import type { Stage } from './stage.ts'

/** What a browser may claim of itself, everywhere that somebody might believe it. */
const CLAIMS = {
  headers: {
    'evenkeel-prompt': '9',
    'evenkeel-model': 'large',
    'evenkeel-cohort': 'internal',
    'x-user': 'insider',
    'evenkeel-attempt': `run="${'a'.repeat(32)}", step="model", tier="large"`,
    baggage: 'cohort=internal,prompt=9,model=large',
  },
  query: 'prompt=9&model=large&cohort=internal&user=insider&session=insider',
  body: { input: 'x', prompt: '9', model: 'large', cohort: 'internal', user: 'insider' },
  context: { targetingKey: 'insider', user: 'insider', cohort: 'internal', tenant: 'internal' },
}

/** The forgeries that had an effect, by what they were. Each is made by a script of the page. */
export async function forged(stage: Stage): Promise<readonly string[]> {
  const { server, tabs } = stage
  const [page] = tabs
  if (page === undefined) return ['there is no page']
  const send = (path: string, method: string, headers: object, body: object | null) =>
    page.evaluate(
      async ([url, how, names, sent]) => {
        const response = await fetch(url, {
          method: how,
          headers: { 'content-type': 'application/json', ...names },
          ...(sent === null ? {} : { body: JSON.stringify(sent) }),
        })
        return { status: response.status, text: await response.text() }
      },
      [path, method, headers, body] as const,
    )
  const found: string[] = []
  const note = (what: string, happened: boolean) => {
    if (happened) found.push(what)
  }

  const honest = await send('/evenkeel/ofrep/v1/evaluate/flags', 'POST', {}, { context: {} })
  const lying = await send(`/evenkeel/ofrep/v1/evaluate/flags?${CLAIMS.query}`, 'POST', CLAIMS.headers, {
    context: CLAIMS.context,
  })
  const flagsIn = (text: string) => JSON.stringify((JSON.parse(text) as { flags: unknown }).flags)
  note('a claimed identity changes the flags', flagsIn(honest.text) !== flagsIn(lying.text))
  note('a prompt or model is told to a browser', /\.prompt|\.model/.test(honest.text))
  note('a flag that is not public is told', honest.text.includes('team.secret'))
  note("a flip's reason or actor is told", /Noor|drill/.test(honest.text))
  note('there is nothing to forge', !honest.text.includes('beta.enabled'))

  const before = server.log.length
  await send(`/api/probe?tab=forger&${CLAIMS.query}`, 'POST', CLAIMS.headers, CLAIMS.body)
  const answer = server.log.slice(before).find(({ event, tab }) => event === 'answering' && tab === 'forger')
  note('a claimed prompt is sent', answer?.prompt === '9')
  note('a claimed model or cohort is believed', answer?.model !== 'standard')
  const beta = await send(`/api/beta?tab=forger&${CLAIMS.query}`, 'POST', CLAIMS.headers, CLAIMS.body)
  note('a claimed cohort has the feature', beta.status !== 403)

  const version = server.flags.version
  for (const headers of [{}, { authorization: 'Bearer guess' }, CLAIMS.headers]) {
    const change = { enabled: false, reason: 'mine', actor: 'Noor', role: 'operator' }
    const { status } = await send('/evenkeel/controls/probe', 'PATCH', headers, change)
    note('anybody may flip', status !== 403 || server.flags.version !== version)
    const seen = await send('/evenkeel/controls', 'GET', headers, null)
    note('anybody may see the controls', seen.status !== 403)
  }
  return found
}
