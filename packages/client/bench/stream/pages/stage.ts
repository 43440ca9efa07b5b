/** What a contender's page offers to the one who measures it. */
export interface Stage {
  /** How often the component that asked has rendered. */
  renders: number
  /** Starts the answer. */
  start: () => void
  /** Resolves when the contender itself says that the answer has ended. */
  ended: Promise<void>
  markEnded: () => void
}

const { promise, resolve } = Promise.withResolvers<void>()

/** The page's one stage, as the global `stage`. */
export const stage: Stage = { renders: 0, start: () => {}, ended: promise, markEnded: resolve }
Object.assign(globalThis, { stage })

/** The stream to ask for: this page's own query string holds the pace. */
export const streamUrl = (protocol: string): string => `/api/${protocol}${location.search}`

/** Earlier answers in a thread, `?earlier=50`, of about 1 KB each. */
export const earlierAnswers: readonly string[] = Array.from(
  { length: Number(new URLSearchParams(location.search).get('earlier') ?? 0) },
  (_, index) => `Answer ${index}: ${'we looked into this and here is what we found. '.repeat(22)}`,
)

// A page that keeps the end in sight, `?follow=1`, as a chat does.
if (new URLSearchParams(location.search).get('follow') === '1') {
  new ResizeObserver(() => scrollTo(0, document.documentElement.scrollHeight)).observe(
    document.documentElement,
  )
}
