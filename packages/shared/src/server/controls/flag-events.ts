import type { BulkEvaluation } from './bulk-evaluation.ts'
import type { Controls } from './controls.ts'

export interface FlagEventsOptions {
  readonly controls: Controls
  evaluate(): Promise<BulkEvaluation>
  /** From one sign of life to the next. */
  readonly aliveEveryMs: number
  onError(error: unknown): void
  onOver(): void
}

/**
 * Server-sent events that tell one session of its flags: `refetchEvaluation` as OFREP has it, with the
 * new evaluation in it, so that nobody needs another connection to fetch it; and a sign of life every
 * two seconds, so that a stream that a proxy holds back is noticed.
 */
export function flagEvents(options: FlagEventsOptions): ReadableStream<Uint8Array> {
  const { controls, evaluate } = options
  const encoder = new TextEncoder()
  let known: string | null = null
  let end = () => {}

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: object) => {
        // Whoever does not read for a minute is gone, or will ask anew.
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) end()
        else controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`))
      }
      let isOver = false
      let looking: Promise<void> | null = null
      let again = false
      const look = async () => {
        const evaluation = await evaluate()
        if (isOver || evaluation.etag === known) return
        const isFirst = known === null
        known = evaluation.etag
        if (isFirst) send(alive(known))
        else {
          const { source } = controls
          send({ type: 'refetchEvaluation', etag: source.version, evaluation })
        }
      }
      // One at a time and never a change missed: two that overtook each other would end in the older one.
      const lookSoon = () => {
        if (looking !== null) {
          again = true
          return
        }
        looking = look()
          .catch(options.onError)
          .then(() => {
            looking = null
            if (!again || isOver) return
            again = false
            lookSoon()
          })
      }
      const stop = controls.onChange(lookSoon)
      const timer = setInterval(() => send(alive(known)), options.aliveEveryMs)
      end = () => {
        if (isOver) return
        isOver = true
        stop()
        clearInterval(timer)
        options.onOver()
        try {
          controller.close()
        } catch {
          // Its reader has left.
        }
      }
      controller.enqueue(encoder.encode('retry: 1000\n\n'))
      lookSoon()
    },
    cancel: () => end(),
  })
}

const MOST_WAITING = 30

function alive(evaluation: string | null): object {
  return { type: 'keepAlive', evaluation: { etag: evaluation } }
}
