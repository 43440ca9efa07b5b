import type { DropReason } from '@evenkeel/shared'
import { type Entry, keyOf } from './entry.ts'
import type { Queue } from './queue.ts'
import type { TelemetryStorage } from './storage.ts'

/** What a page does with an entry of another: leaves it, lets go of it, sends it as its own, or gives it up. */
export type Verdict = 'leave' | 'forget' | 'adopt' | DropReason

/** What decides it. */
export interface SweepFacts {
  readonly owner: string
  readonly scope: string
  readonly nowEpochMs: number
  /** `null` where nobody can know who is here. */
  readonly present: ReadonlySet<string> | null
  /** Goes on in this page, as after a reload. */
  isUnderWay(id: string): boolean
}

const EXPIRY_MS = 7 * 24 * 3600_000

/** Where nobody knows who is here: longer than any run, and what is sent twice is stored once. */
const GONE_AFTER_MS = 3600_000

/** Of other sessions: what nobody comes back for fills no disk. */
const MAX_HELD = 1_000

export function judge(entry: Entry, facts: SweepFacts): Verdict {
  const { owner, scope, nowEpochMs, present } = facts
  const ageMs = nowEpochMs - entry.atEpochMs
  const isGone = present === null ? ageMs > GONE_AFTER_MS : !present.has(entry.owner)
  if (entry.owner === owner || !isGone) return 'leave'
  // Counts are of nobody in particular, and the last thing to lose.
  if (entry.kind === 'dropped') return 'adopt'
  if (entry.kind === 'run' && facts.isUnderWay(entry.id)) return 'forget'
  if (ageMs > EXPIRY_MS) return 'expired'
  if (entry.scope === scope) return 'adopt'
  // Sent now, the server would take it for the one who is signed in. It waits for its own session, but
  // nobody's words lie about while somebody else is here.
  return entry.hasContent ? 'scope' : 'leave'
}

export interface SweepSpec extends Omit<SweepFacts, 'present'> {
  readonly storage: TelemetryStorage
  readonly queue: Pick<Queue, 'add' | 'drop'>
}

/** Takes over what pages have left that are gone, runs under way among it: those were abandoned. */
export function sweep({ storage, queue, ...facts }: SweepSpec): Promise<void> {
  return storage.alone('sweep', async () => {
    const entries = [...(await storage.all())].sort((a, b) => a.atEpochMs - b.atEpochMs)
    // Asked after the entries were read, so that whoever comes meanwhile is not taken for gone.
    const present = await storage.present()
    const judged = entries.map((entry) => [entry, judge(entry, { ...facts, present })] as const)
    const held = judged.filter(([{ scope }, verdict]) => verdict === 'leave' && scope !== facts.scope)
    const crowded = new Set(held.slice(0, Math.max(0, held.length - MAX_HELD)).map(([entry]) => entry))

    const { owner } = facts
    const adopted: Entry[] = []
    const gone: string[] = []
    const dropped: DropReason[] = []
    for (const [entry, judgement] of judged) {
      const verdict = crowded.has(entry) ? 'full' : judgement
      if (verdict === 'leave') continue
      gone.push(entry.key)
      if (verdict === 'adopt') adopted.push({ ...entry, owner, key: keyOf(owner, entry.kind, entry.id) })
      else if (verdict !== 'forget') dropped.push(verdict)
    }
    // One transaction: a page that goes in the middle of this leaves it to the next.
    if (gone.length > 0) await storage.write(adopted, gone)
    for (const entry of adopted) queue.add(entry, true)
    for (const reason of dropped) queue.drop(reason)
  })
}
