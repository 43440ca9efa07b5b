import type { Page } from 'playwright-core'

/** What the page noted of the first text: when its bytes arrived, and in which frame after that it was seen. */
export interface FirstText {
  /** 0: before any frame began; 1: in the first frame that began after the arrival. */
  readonly frames: number
  readonly milliseconds: number
  readonly words: string
}

/**
 * Notes, in the page and apart from the library, the moment at which the page's own `read()` of the
 * draft's body gives the first chunk with text, counts the frames that begin from then on, and notes in
 * which of them visible text stands in the page.
 */
export async function watchFirstText(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const bodies = new WeakSet<object>()
    let arrivedMs: number | null = null
    let frames = 0
    let seen: unknown = null
    Reflect.set(window, 'firstText', () => seen)

    function countFrame(): void {
      frames += 1
      if (seen === null) requestAnimationFrame(countFrame)
    }
    function look(): void {
      const text = document.querySelector('.draft .evenkeel-text')
      if (arrivedMs === null || seen !== null || !(text instanceof HTMLElement)) return
      const words = text.textContent.trim()
      if (words === '' || !text.checkVisibility() || text.getBoundingClientRect().width === 0) return
      seen = { frames, milliseconds: performance.now() - arrivedMs, words }
    }
    // A callback of the mutation runs right after the frame's own work, before it is painted.
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })

    const fetched = window.fetch
    window.fetch = async (...request) => {
      const response = await fetched(...request)
      if (response.url.includes('/api/ai/') && response.body !== null) bodies.add(response.body)
      return response
    }
    const getReader = ReadableStream.prototype.getReader
    Reflect.set(ReadableStream.prototype, 'getReader', function (this: ReadableStream) {
      const reader = Reflect.apply(getReader, this, []) as ReadableStreamDefaultReader
      if (!bodies.has(this)) return reader
      const decoder = new TextDecoder()
      let sofar = ''
      const read = reader.read.bind(reader)
      reader.read = async () => {
        const chunk = await read()
        if (!chunk.done && arrivedMs === null) {
          sofar += decoder.decode(chunk.value, { stream: true })
          if (/"text-delta".*"delta":"[^"]*\S[^"]*"\}/.test(sofar)) {
            arrivedMs = performance.now()
            // Asked for before the library hears of the chunk, so it runs before the library's own callback.
            requestAnimationFrame(countFrame)
          }
        }
        return chunk
      }
      return reader
    })
  })
}

export async function firstText(page: Page): Promise<FirstText | null> {
  return await page.evaluate(() => {
    const read = Reflect.get(window, 'firstText') as () => FirstText | null
    return read()
  })
}
