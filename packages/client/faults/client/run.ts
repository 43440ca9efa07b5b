import { openBrowsers } from './browsers.ts'
import { buildPage } from './build.ts'
import { checkRow } from './check.ts'
import type { Job } from './job.ts'
import { judgePeer, PEER_ROWS, PEERS, type PeerVerdict, peerJob } from './peers.ts'
import { PLANTED, type Planted } from './planted.ts'
import { type Result, runJobs } from './pool.ts'
import { complaintsOf, HEAD, lineOf, wordsOf } from './print.ts'
import { ROWS, type Row, SHORT_ROWS } from './rows.ts'
import { startFaultServer } from './server.ts'
import { isRight, type Judged, tally, tallyPeer } from './tally.ts'

/** Pages that are open at once. */
const PAGES = 6

const AGAIN = 'again-'
/** A timer that came later than this may have been what a row is about. */
const MAX_LAG_MS = 150

const isShort = process.argv.includes('--short')
/** `--only=WORDS`: rows whose id matches, for whoever looks into one of them. */
const [, only = ''] = process.argv.find((each) => each.startsWith('--only='))?.split('=') ?? []
const isChosen = ({ id }: Row) => new RegExp(only).test(id)

const rows = (isShort ? SHORT_ROWS : ROWS).filter(isChosen)
const peerRows = PEER_ROWS.filter(isChosen)
const planted = only === '' ? PLANTED : []
const plantedId = (defect: Planted) => `planted-${PLANTED.indexOf(defect)}`

const ownJobs = rows.map((row): Job => ({ id: row.id, row, build: 'evenkeel', wire: 'ai-sdk' }))
const plantedJobs = planted.flatMap((defect) =>
  defect.rows.map((id): Job => {
    const row = ROWS.find((each) => each.id === id)
    if (row === undefined)
      throw new Error(`'${defect.name}' is to be noticed by a row that is not there: ${id}.`)
    return { id: `${plantedId(defect)}-${id}`, row, build: plantedId(defect), wire: 'ai-sdk' }
  }),
)
const peerJobs = PEERS.flatMap((peer) => peerRows.map((row) => peerJob(peer, row)))
const jobs = [...ownJobs, ...plantedJobs, ...peerJobs]
/** Under other ids, because a server's log and its flags are by job. */
const againJobs = ownJobs.map((job): Job => ({ ...job, id: `${AGAIN}${job.id}` }))

const pages = new Map([
  ['evenkeel', await buildPage('evenkeel')],
  ...(await Promise.all(PEERS.map(async ({ page }) => [page, await buildPage(page)] as const))),
  ...(await Promise.all(
    planted.map(async (defect) => [plantedId(defect), await buildPage('evenkeel', defect)] as const),
  )),
])
const UNSEEN = {
  sightings: [],
  last: { atMs: 0, answer: '', notice: '', isBusy: false, isThere: false },
  isStuck: false,
  complaints: [],
  shift: 0,
  moved: [],
  lagMs: 0,
  requests: [],
  asked: 0,
  records: [],
  bugs: [],
  kept: null,
} as const

const server = await startFaultServer([...jobs, ...againJobs], pages)
const browsers = await openBrowsers()
const results = new Map<string, Result>()
try {
  const keep = (job: Job, result: Result) =>
    results.set(job.id.startsWith(AGAIN) ? job.row.id : job.id, result)
  await runJobs(jobs, PAGES, browsers, server, keep)
  // A machine that stood still in the middle of a row says nothing of the library: such a row is put once more,
  // with nothing beside it, and then it counts.
  const late = againJobs.filter(({ row }) => isLate(row))
  if (late.length > 0) {
    console.log(`put again, because the machine was busy: ${late.map(({ row }) => row.id).join(', ')}`)
    await runJobs(late, 1, browsers, server, keep)
  }
} finally {
  await browsers.close()
  await server.close()
}

/** Wrong, while a timer came late. */
function isLate(row: Row): boolean {
  const judged = judge(row.id, row)
  return !isRight(judged) && judged.seen.lagMs > MAX_LAG_MS
}

function judge(id: string, row: Row): Judged {
  const seen = results.get(id)
  if (seen === undefined || seen instanceof Error) {
    const message = seen?.message.split('\n')[0] ?? 'no result'
    return { row, seen: UNSEEN, verdict: { isBlank: false, isStuck: false, unhandled: 0, wrong: [message] } }
  }
  return { row, seen, verdict: checkRow(row, seen) }
}

const peerVerdicts = new Map<string, PeerVerdict>()
for (const job of peerJobs) {
  const seen = results.get(job.id)
  if (seen === undefined || seen instanceof Error) throw seen ?? new Error(`${job.id} was not driven.`)
  peerVerdicts.set(job.id, judgePeer(job.row, seen))
}
const verdictsOf = (peer: (typeof PEERS)[number]) =>
  peerRows.flatMap((row) => peerVerdicts.get(peerJob(peer, row).id) ?? [])

const judged = rows.map((row) => judge(row.id, row))
console.log(HEAD)
for (const each of judged) {
  const peers = PEERS.map((peer) => peerVerdicts.get(peerJob(peer, each.row).id))
  console.log(
    lineOf(
      each,
      peers.map((verdict) => (verdict === undefined ? '' : wordsOf(verdict))),
    ),
  )
  if (!isRight(each)) for (const complaint of complaintsOf(each)) console.log(`       ${complaint}`)
}

console.log('\nDefects planted into copies of the page, and what noticed each')
let missed = 0
for (const defect of planted) {
  const noticed = defect.rows
    .map((id) => judge(`${plantedId(defect)}-${id}`, ROWS.find((row) => row.id === id) as Row))
    .find((each) => !isRight(each))
  if (noticed === undefined) missed += 1
  const by = noticed === undefined ? '(nothing)' : `${noticed.row.id}: ${complaintsOf(noticed)[0]}`
  console.log(`${noticed === undefined ? 'MISSED' : 'found '}  ${defect.name}\n        ${by}`)
}

const own = tally(judged)
console.log(
  JSON.stringify({
    ...own,
    planted: planted.length,
    planted_missed: missed,
    ...Object.fromEntries(PEERS.map((peer) => [peer.key, tallyPeer(verdictsOf(peer))])),
  }),
)
process.exitCode = judged.every(isRight) && missed === 0 ? 0 : 1
