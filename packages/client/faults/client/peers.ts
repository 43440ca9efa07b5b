import type { Wire } from './framing.ts'
import type { Job } from './job.ts'
import type { Observed } from './observed.ts'
import { ROWS, type Row } from './rows.ts'
import { PRIMARY } from './texts.ts'

/** Another library, put to the same server over a protocol of its own. */
export interface Peer {
  /** Its page, and its name in the result. */
  readonly page: 'ai-sdk' | 'tanstack-ai'
  readonly key: 'ai_sdk' | 'tanstack_ai'
  readonly title: string
  readonly wire: Wire
}

export const PEERS: readonly Peer[] = [
  { page: 'ai-sdk', key: 'ai_sdk', title: '@ai-sdk/react', wire: 'ai-sdk' },
  { page: 'tanstack-ai', key: 'tanstack_ai', title: '@tanstack/ai-react', wire: 'ag-ui' },
]

/** What became of a fault in a peer's hands. */
export interface PeerVerdict {
  readonly unhandled: boolean
  readonly stuck: boolean
  /** It calls a part of the answer the answer. */
  readonly truncatedAsComplete: boolean
  /** Neither an answer nor a word about it. */
  readonly blank: boolean
}

/** What a peer cannot be asked for: it has no schema, no flags, no levels and no second model. */
const isForPeers = ({ interaction, scope, plan, fault }: Row): boolean =>
  interaction === 'progressive' &&
  scope === 'primary' &&
  !plan.isStructured &&
  !plan.isOneDomain &&
  plan.runs === 1 &&
  plan.flags === 'none' &&
  plan.switch === null &&
  plan.hedge === null &&
  plan.throwsIn === null &&
  // Only Anthropic's own stream says it in its own words, and neither peer reads that one.
  fault !== 'refusal' &&
  !fault.startsWith('level') &&
  plan.pageFault !== 'killed mid-stream' &&
  plan.pageFault !== 'regenerated mid-stream'

export const PEER_ROWS: readonly Row[] = ROWS.filter(isForPeers)

export const peerJob = ({ page, wire }: Peer, row: Row): Job => ({
  id: `${page}-${row.id}`,
  row,
  build: page,
  wire,
})

export function judgePeer(row: Row, { last, isStuck, complaints }: Observed): PeerVerdict {
  const isPart = last.answer !== '' && last.answer !== PRIMARY && PRIMARY.startsWith(last.answer)
  return {
    unhandled: complaints.length > 0,
    stuck: isStuck,
    truncatedAsComplete: !isStuck && last.notice === '' && isPart,
    blank: !isStuck && row.expect.shows !== 'nothing' && last.answer === '' && last.notice === '',
  }
}
