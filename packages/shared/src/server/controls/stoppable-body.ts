/** A body that can be ended from outside. */
export interface StoppableBody {
  readonly stream: ReadableStream<Uint8Array>
  /** Ends it now: with the word that the feature is off where the format has room for it, else cut off. */
  stop(): void
}

/** What the client reads as the kill switch, in the formats that have room for it. */
const LAST_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^text\/event-stream\b/i, '\n\nevent: evenkeel\ndata: {"failed":"disabled"}\n\n'],
  [/^application\/(x-)?(ndjson|jsonl)\b/i, '\n{"evenkeel":{"failed":"disabled"}}\n'],
]

/** The same bytes at the same pace, until they are stopped. `onOver` is called once, however it ended. */
export function stoppable(
  source: ReadableStream<Uint8Array>,
  contentType: string,
  onOver: () => void,
): StoppableBody {
  const reader = source.getReader()
  const [, lastWords] = LAST_WORDS.find(([type]) => type.test(contentType)) ?? []
  let open: ReadableStreamDefaultController<Uint8Array> | null = null
  const close = (work: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
    if (open === null) return
    const controller = open
    open = null
    onOver()
    work(controller)
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        open = controller
      },
      async pull() {
        try {
          const { done, value } = await reader.read()
          if (done) close((controller) => controller.close())
          else open?.enqueue(value)
        } catch (error) {
          close((controller) => controller.error(error))
        }
      },
      async cancel(reason) {
        close(() => {})
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return {
    stream,
    stop() {
      close((controller) => {
        if (lastWords === undefined) controller.error(new Error('The feature was switched off.'))
        else {
          controller.enqueue(new TextEncoder().encode(lastWords))
          controller.close()
        }
      })
      void reader.cancel().catch(() => {})
    },
  }
}
