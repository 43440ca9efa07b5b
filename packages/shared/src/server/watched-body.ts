/** What may befall a body on its way out. */
export interface BodyWatcher {
  /** Whoever read it has left before its end. */
  onCancel(reason: unknown): void
  /** It broke; the reader sees it broken too, so that a cut answer never looks whole. */
  onError(error: unknown): void
}

/**
 * The same bytes at the same pace, watched. Nothing is read before it is asked for, so the source
 * feels the reader's backpressure.
 */
export function watchBody(
  source: ReadableStream<Uint8Array>,
  watcher: BodyWatcher,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          watcher.onError(error)
          controller.error(error)
        }
      },
      async cancel(reason) {
        watcher.onCancel(reason)
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
