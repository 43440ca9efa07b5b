/** Longest that a page in constant motion is waited for. */
const PATIENCE_MS = 2_000

/** Resolves when the page has nothing better to do; Safari has no way to tell, and gets the next turn. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function')
      requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS })
    else setTimeout(resolve, 0)
  })
}
