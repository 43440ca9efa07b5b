import type { Book, LayerName } from './book.ts'
import { itemsOf } from './collector.ts'
import { ownersIn, SESSIONS, sessionNamed } from './sessions.ts'
import type { Stage } from './stage.ts'

/** Where something of anybody's may be. */
export type Place =
  | 'screen'
  | 'channel'
  | 'request'
  | 'collector'
  | 'queue'
  | 'kept answers'
  | 'health'
  | 'kept flags'
  | 'resume'
  | 'prompt'

/**
 * Looks through everything that the witnesses have: the server's log, what the collector was given, what the
 * browser holds and what stood on the screens. In what is one session's there is no word of another's, and no
 * run that another's session asked.
 */
export async function audit(
  stage: Stage,
  book: Book,
  layerOf: (place: Place) => LayerName | null,
): Promise<void> {
  const { server, collector } = stage
  const ownerOf = new Map(server.asked.flatMap(({ run, session }) => (run === '' ? [] : [[run, session]])))
  const { drawn, heard } = await stage.seen()
  const { queue, answers, local } = await stage.raw()
  const isolates = (place: Place, holds: boolean, leak: string) => {
    const layer = layerOf(place)
    if (layer !== null) book.isolates(layer, holds, leak)
  }
  const isOnly = (place: Place, session: string, text: string, where: string) => {
    const others = ownersIn(text).filter(({ name }) => name !== session)
    isolates(
      place,
      others.length === 0,
      `${where} ${session || 'nobody'} stands what is ${others[0]?.name}'s`,
    )
  }
  const isRunOf = (place: Place, session: string, run: string, where: string) => {
    const owner = ownerOf.get(run) ?? session
    isolates(place, owner === session, `${where} ${session || 'nobody'} is a run of ${owner}`)
  }

  for (const { session, text } of drawn) isOnly('screen', session, text, 'on the screen of')
  for (const { session, text } of heard) isOnly('channel', session, text, 'on the channel of')
  for (const { session, body } of server.posted) {
    isOnly('request', session, body, 'in the session of')
    for (const { run } of itemsOf(body)) isRunOf('request', session, run, 'in the session of')
  }
  for (const { run, tenant, user, isOfFeature, text } of collector.arrived) {
    if (!isOfFeature) continue
    if (user === null) {
      // Nobody's, because it named another than its session; of a tenant only where both said the same.
      const own = sessionNamed(ownerOf.get(run) ?? null)?.tenant ?? tenant
      isolates('collector', tenant === null || tenant === own, `a run in ${own} counts for ${tenant}`)
      continue
    }
    isOnly('collector', `${tenant}-${user}`, text, 'at the collector, as of')
    isRunOf('collector', `${tenant}-${user}`, run, 'at the collector, as of')
  }
  for (const { scope, text, kind, id } of queue) {
    const name = nameIn(scope)
    isOnly('queue', name, text, 'in the queue, under')
    if (kind === 'run') isRunOf('queue', name, id ?? '', 'in the queue, under')
  }
  const owners = new Map<string, string>()
  for (const { scope, text } of answers) {
    const [owner] = ownersIn(text)
    const name = owners.get(scope) ?? owner?.name ?? ''
    owners.set(scope, name)
    isOnly('kept answers', name, text, 'among the kept answers of')
  }
  for (const [key, text] of Object.entries(local)) {
    const place = key.startsWith('evenkeel.health') ? 'health' : 'kept flags'
    const [owner] = ownersIn(text)
    const name = place === 'health' ? nameIn(key) : nameIn(readOf(text))
    isOnly(place, name || (owner?.name ?? ''), text, `in ${key}, of`)
  }
  for (const { session, answer } of server.resumed) {
    const owner = server.answers.get(answer) ?? session
    isolates('resume', owner === session, `${session} asks for an answer of ${owner}`)
  }
  for (const { session, prompt } of server.asked) {
    const own = sessionNamed(session)?.word ?? null
    isolates('prompt', prompt === null || prompt === own, `${session} is given another's prompt`)
  }
}

/** The session that a text names as the library's keys do, by tenant and user. */
function nameIn(text: string): string {
  return SESSIONS.find(({ tenant, user }) => text.includes(JSON.stringify([tenant, user])))?.name ?? ''
}

/** Whom kept flags say they are of. */
function readOf(text: string): string {
  try {
    const { of } = JSON.parse(text) as { of?: unknown }
    return typeof of === 'string' ? of : ''
  } catch {
    return ''
  }
}
