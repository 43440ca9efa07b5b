/** What was seen of one stream, by a page script that knows nothing of the library under test. */
export interface Sighting {
  /** Frames from the arrival of the first chunk with text to the first text in the document. */
  readonly firstPaintDelayFrames: number
  /** The most batches of DOM changes inside the answer in one frame. */
  readonly commitsPerFrame: number
}

/**
 * Runs in the page before anything else: counts frames, notes when bytes with text reach the page and
 * when text reaches the document.
 */
export function installWitness(): void {
  let frame = 0
  let arrivedAt: number | null = null
  let paintedAt: number | null = null
  let inFrame = 0
  let most = 0
  const tick = (): void => {
    frame += 1
    inFrame = 0
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)

  const decoder = new TextDecoder()
  const fetchBefore = globalThis.fetch
  globalThis.fetch = async (...request) => {
    const response = await fetchBefore(...request)
    const seen = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (arrivedAt === null && /delta/.test(decoder.decode(chunk))) arrivedAt = frame
        controller.enqueue(chunk)
      },
    })
    return new Response(response.body?.pipeThrough(seen), response)
  }

  const observer = new MutationObserver((changes) => {
    const inAnswer = changes.some(({ target }) =>
      (target instanceof Element ? target : target.parentElement)?.closest('.answer'),
    )
    if (!inAnswer || arrivedAt === null) return
    inFrame += 1
    most = Math.max(most, inFrame)
    const answers = document.querySelectorAll('.answer')
    if (paintedAt === null && answers.item(answers.length - 1)?.textContent) paintedAt = frame
  })
  document.addEventListener('DOMContentLoaded', () => {
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  Object.assign(globalThis, {
    sighting: (): Sighting => ({
      firstPaintDelayFrames:
        arrivedAt === null || paintedAt === null ? Number.POSITIVE_INFINITY : paintedAt - arrivedAt,
      commitsPerFrame: most,
    }),
  })
}
