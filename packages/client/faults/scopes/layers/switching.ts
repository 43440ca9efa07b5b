import { setTimeout as wait } from 'node:timers/promises'
import type { Book, LayerName } from '../book.ts'
import { itemsOf } from '../collector.ts'
import type { Scenario } from '../layer.ts'
import { ACME_ANN, ACME_BOB, BOLT_ANN, type Session } from '../sessions.ts'
import { holds, type Stage } from '../stage.ts'

const COMMENT = 'and this is what I think'
const WITHIN_MS = 6_000
/** Longer than a queue waits after its first failures. */
const RETRIED_MS = 3_500

/**
 * In an open tab somebody else is signed in while something of the first still waits to be sent, something is
 * kept, and an answer is still under way. What had words in it is purged and counted, the rest waits for its own.
 */
export const switching: Scenario = {
  name: 'somebody else signs in at an open tab',
  layerOf: () => 'switch in an open tab',
  async run(stage, book) {
    await change(stage, book, 'switch in an open tab', ACME_ANN, BOLT_ANN)
    await change(stage, book, 'switch in an open tab', ACME_ANN, ACME_BOB)
  },
}

/** In an open tab somebody signs out, and nobody comes after them. */
export const signOut: Scenario = {
  name: 'somebody signs out at an open tab',
  layerOf: () => 'sign-out',
  run: (stage, book) => change(stage, book, 'sign-out', ACME_ANN, null),
}

async function change(
  { server, openApp, openTab, raw }: Stage,
  book: Book,
  layer: LayerName,
  before: Session,
  after: Session | null,
): Promise<void> {
  const whom = after?.name ?? 'nobody'
  server.weather.isDoorClosed = true
  const app = await openApp(before)
  const said = await app.askAndSpeak('a question', `${before.word} ${COMMENT}`)
  const aside = await app.askAside('another question')
  await holds(() => server.asked.some(({ run }) => run === aside), WITHIN_MS)
  const wordsKept = async () => (await raw()).answers.filter(({ text }) => text.includes(before.word)).length
  const commented = async () => (await raw()).queue.filter(({ text }) => text.includes(COMMENT)).length
  await holds(async () => (await wordsKept()) > 0 && (await commented()) > 0, 2_000)
  const kept = await wordsKept()
  book.proves(layer, kept > 0 && (await commented()) > 0, 'there is nothing to purge')

  const from = server.posted.length
  const purgedBefore = await app.purged()
  await app.signIn(after)
  server.weather.isDoorClosed = false
  const cleared = after === null ? await app.clear() : 0
  if (after !== null) await app.askAndSpeak('a question', `${after.word} ${COMMENT}`)
  await wait(RETRIED_MS)

  const sent = server.posted.slice(from)
  const isSent = (session: string, run: string | null) =>
    sent.some((one) => one.session === session && itemsOf(one.body).some((item) => item.run === run))
  for (const run of [said, aside])
    book.isolates(
      layer,
      !isSent(after?.name ?? '', run),
      `a run of ${before.name} is sent in the session of ${whom}`,
    )
  const isQuoted = sent.some(({ body }) => body.includes(`${before.word} ${COMMENT}`))
  book.isolates(layer, !isQuoted, `a comment of ${before.name} is sent in the session of ${whom}`)
  const lying = (await raw()).queue.filter(({ text }) => text.includes(`${before.word} ${COMMENT}`))
  book.isolates(layer, lying.length === 0, `a comment of ${before.name} lies about while ${whom} is here`)
  book.isolates(
    layer,
    (await wordsKept()) === 0,
    `an answer to ${before.name} lies about while ${whom} is here`,
  )
  const purged = after === null ? cleared : (await app.purged()) - purgedBefore
  book.proves(layer, purged === kept, `${purged} answers are said to be purged, of ${kept}`)
  if (after !== null) {
    const told = () => sent.concat(server.posted.slice(from)).some(({ body }) => /dropped\.scope/.test(body))
    book.proves(layer, await holds(told, WITHIN_MS), 'nobody is told of the comment given up')
  }
  await app.close()

  const from2 = server.posted.length
  const back = await openTab(before)
  const isBack = () =>
    server.posted
      .slice(from2)
      .some(({ session, body }) => session === before.name && itemsOf(body).some(({ run }) => run === said))
  book.proves(
    layer,
    await holds(isBack, WITHIN_MS),
    `what ${before.name} left is not sent when they are back`,
  )
  await back.close()
  await wait(200)
}
