import { preloadProtocols } from '../../src/stream/protocols.ts'
import { closeBench, type RecordedTable } from '../record.ts'
import { medianRatio, rounded, roundsTable } from '../rounds.ts'
import { type Contender, contendersFor } from './contenders.ts'
import { chunksOf, PROTOCOL_NAMES, type SampleStream, sampleStream } from './streams.ts'

const isShort = process.argv.includes('--short')
const ROUNDS = isShort ? 5 : 11
const DELTAS = 2_000
/** One reading takes about a millisecond; a round of one contender takes at least this long. */
const ROUND_MS = isShort ? 20 : 60
const PER_CHUNK = [1, 16]

/** Microseconds per delta. */
async function measure(
  contender: Contender,
  sample: SampleStream,
  chunks: readonly Uint8Array[],
): Promise<number> {
  const started = performance.now()
  let readings = 0
  let took = 0
  while (took < ROUND_MS) {
    const length = await contender(sample, chunks)
    if (length !== 0 && length !== sample.text.length) throw new Error(`read ${length} characters`)
    readings += 1
    took = performance.now() - started
  }
  return (took * 1000) / readings / sample.deltas
}

await preloadProtocols()
const byProtocol: Record<string, number> = {}
const peers: Record<string, number> = {}
const tables: RecordedTable[] = []
for (const protocol of PROTOCOL_NAMES) {
  const sample = sampleStream(protocol, DELTAS)
  for (const perChunk of PER_CHUNK) {
    const chunks = chunksOf(sample, perChunk)
    const figures: Record<string, number[]> = {}
    // The first rounds warm every contender up and do not count.
    for (let round = -2; round < ROUNDS; round += 1) {
      for (const [name, contender] of Object.entries(contendersFor(protocol))) {
        const microseconds = await measure(contender, sample, chunks)
        if (round >= 0) figures[name] = [...(figures[name] ?? []), microseconds]
      }
    }
    const title = `${protocol}, ${perChunk === 1 ? '1 event' : `${perChunk} events`} a chunk`
    console.log(`${roundsTable(`${title}, µs/delta`, figures)}\n`)
    tables.push({ title, unit: 'µs/delta', figures })
    const ratio = rounded(medianRatio(figures, 'evenkeel', 'floor'))
    byProtocol[protocol] = Math.max(byProtocol[protocol] ?? 0, ratio)
    for (const name of Object.keys(figures).filter((peer) => /^(ai sdk|tanstack ai)/.test(peer))) {
      const over = rounded(medianRatio(figures, 'evenkeel, from a response', name))
      peers[name] = Math.max(peers[name] ?? 0, over)
    }
  }
}

console.log('over the floor, the worse of both:', byProtocol)
console.log("over the peers' readers, from a response:", peers)
closeBench(
  'decode',
  {
    ratio_vs_floor: Math.max(...Object.values(byProtocol)),
    ratio_vs_floor_by_protocol: byProtocol,
    ratio_vs_ai_sdk: peers['ai sdk: chat transport'],
    ratio_vs_tanstack: peers['tanstack ai: connection'],
    deltas: DELTAS,
  },
  tables,
)
