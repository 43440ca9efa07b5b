import { setTimeout as wait } from 'node:timers/promises'
import type { Weather } from './collector.ts'
import { holds, type Stage, type Tab, type Visitor } from './stage.ts'

/** How a page's life went: what is expected of its runs follows from this. */
export interface Life {
  readonly build: string
  readonly user: string
  readonly blocksStorage: boolean
  /** When it was ended, or died; milliseconds since the epoch. */
  endedAt: number
  ending: 'crash' | 'close' | 'leave' | 'calm'
}

const ENDINGS = ['crash', 'close', 'close', 'leave', 'leave', 'calm'] as const

export type AnyWeather = Weather | 'page' | 'closed' | 'away'

/** Everything that passes: nothing may be given up for it. */
export const PASSING: readonly AnyWeather[] = [
  'fair',
  'busy',
  'fair',
  'failing',
  'narrow',
  'away',
  'garbage',
  'fair',
  'page',
  'cut',
  'closed',
  'forgetful',
]

/** What is refused is gone, and has to be counted. */
export const REFUSING: readonly AnyWeather[] = ['refusing', 'fair', 'refusing', 'failing']

const VISITORS = 3

/** What was left is sent within this, once everything works again. */
const DRAIN_MS = 45_000

/** Pages that come and go in all ways while everything between them and the store fails in turn, until so many runs were asked. */
export async function storm(
  stage: Stage,
  runs: number,
  weathers: readonly AnyWeather[],
  random: () => number,
): Promise<Life[]> {
  const lives: Life[] = []
  let isOver = false
  let clearUp = () => {}
  const isFair = new Promise<void>((resolve) => {
    clearUp = resolve
  })
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item

  async function live(visitor: Visitor, user: string, number: number): Promise<void> {
    const life: Life = {
      build: `life-${number}`,
      user,
      blocksStorage: random() < 0.12,
      endedAt: Number.POSITIVE_INFINITY,
      ending: pick(ENDINGS),
    }
    // A page that is opened while the network is gone never comes to life.
    const tab = await visitor.openTab(life.build, { blocksStorage: life.blocksStorage }).catch(() => null)
    if (tab === null) return
    lives.push(life)
    try {
      await tab.storm(2)
      await wait(800 + random() * 2_400)
      if (tab.crashedAt === null) await end(tab, life)
    } catch {
      // Its process was shared with a page that crashed, or it was cut off while it was asked to end.
    }
    if (tab.crashedAt !== null) {
      life.endedAt = Math.min(life.endedAt, tab.crashedAt)
      life.ending = 'crash'
    }
    await tab.page.close().catch(() => {})
  }

  async function end(tab: Tab, life: Life): Promise<void> {
    if (life.ending === 'calm') {
      await tab.calm()
      await wait(600)
      await tab.flush()
    }
    life.endedAt = Date.now()
    if (life.ending === 'crash') await tab.crash()
    else if (life.ending === 'leave') await tab.goElsewhere()
    else await tab.close()
  }

  async function visit(number: number): Promise<void> {
    const users = [`s${number}a`, `s${number}b`]
    const visitor = await stage.openVisitor(users[0] ?? '')
    for (let turn = 0; !isOver; turn += 1) {
      const user = users[turn % 2] ?? ''
      await visitor.signIn(user)
      const tabs = 1 + Math.floor(random() * 2.99)
      const isCutOff = random() < 0.2
      await Promise.all([
        ...Array.from({ length: tabs }, (_, tab) => live(visitor, user, number * 10_000 + turn * 10 + tab)),
        isCutOff ? cutOff(visitor) : null,
      ])
      // What the browser still sends for a page that has gone leaves with the cookies of the next, now and then.
      await wait(random() * 500)
    }
    await isFair
    for (const user of users) {
      await visitor.signIn(user)
      await drain(await visitor.openTab(`drain-${user}`), user)
    }
  }

  async function cutOff(visitor: Visitor): Promise<void> {
    await wait(1_000 + random() * 800)
    await setOffline(visitor, true)
    await wait(300 + random() * 600)
    await setOffline(visitor, false)
  }

  async function change(): Promise<void> {
    for (let turn = 0; !isOver; turn += 1) {
      await setWeather(stage, weathers[turn % weathers.length] ?? 'fair')
      await wait(900 + random() * 1_200)
    }
    await setWeather(stage, 'fair')
    clearUp()
  }

  async function watch(): Promise<void> {
    const from = stage.server.log.length
    const deadline = Date.now() + runs * 300 + 60_000
    while (stage.server.log.length - from < runs * 1.03 && Date.now() < deadline) await wait(100)
    isOver = true
  }

  await Promise.all([
    watch(),
    change(),
    ...Array.from({ length: VISITORS }, (_, number) => visit(number + 1)),
  ])
  return lives
}

/** Waits until this user's page has sent everything that it and the pages before it have left. */
async function drain(tab: Tab, user: string): Promise<void> {
  const left = () =>
    tab.page.evaluate(
      (name) =>
        new Promise<number>((resolve) => {
          const request = indexedDB.open('evenkeel')
          request.onsuccess = () => {
            const database = request.result
            const all = database.transaction('telemetry').objectStore('telemetry').getAll()
            all.onsuccess = () => {
              database.close()
              resolve(all.result.filter(({ scope }: { scope: string }) => scope.includes(`"${name}"`)).length)
            }
          }
        }),
      user,
    )
  await wait(1_500)
  await holds(async () => (await left()) === 0, DRAIN_MS, 200)
  await tab.close()
  await wait(250)
}

/** It fails where a page goes at that very moment. */
async function setOffline({ context }: Visitor, isOffline: boolean): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await context.setOffline(isOffline)
    } catch (error) {
      if (tries === 20) throw error
      await wait(50)
    }
  }
}

async function setWeather({ collector, server }: Stage, weather: AnyWeather): Promise<void> {
  if (collector.isAway && weather !== 'away') await collector.start()
  server.setDoor(weather === 'page' || weather === 'closed' ? weather : 'open')
  const isOutside = weather === 'page' || weather === 'closed' || weather === 'away'
  collector.weather = isOutside ? 'fair' : weather
  if (weather === 'away') await collector.stop()
}
