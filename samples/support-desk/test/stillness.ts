import type { Page } from 'playwright-core'

/** What is placed in a page from a moment on: everything that moves or changes its size is noted. */
export interface Stillness {
  /** What moved since the last look, as `what: from → to`. */
  moved(): Promise<string[]>
}

/** Watches all that can be pressed, read or written in beneath these places, by where it stands. */
export async function watchStillness(page: Page, selector: string): Promise<Stillness> {
  await page.evaluate((selector) => {
    const places = new Map<Element, string>()
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ?? (element.textContent.trim().slice(0, 24) || element.className)
    const placeOf = (element: Element) => {
      const { left, right, top, height } = element.getBoundingClientRect()
      const isTurned = getComputedStyle(element).direction === 'rtl'
      return [isTurned ? right : left, top, height].map((px) => Math.round(px * 10) / 10).join(' ')
    }
    const note = (): string[] => {
      const moved: string[] = []
      for (const element of document.querySelectorAll(selector)) {
        if (!element.checkVisibility({ visibilityProperty: true })) continue
        const [before, now] = [places.get(element), placeOf(element)]
        if (before !== undefined && before !== now) moved.push(`${nameOf(element)}: ${before} → ${now}`)
        places.set(element, now)
      }
      return moved
    }
    note()
    Reflect.set(window, 'moved', note)
  }, selector)
  return {
    moved: () =>
      page.evaluate(async () => {
        const note = Reflect.get(window, 'moved') as () => string[]
        const moved = note()
        // What comes a moment later moves as well as what comes at once.
        for (let frame = 0; frame < 20; frame += 1) {
          await new Promise(requestAnimationFrame)
          moved.push(...note())
        }
        return moved
      }),
  }
}

/** Pairs of things to press, read or write in that lie over one another, or leave the window sideways. */
export async function collisions(page: Page, selector: string): Promise<string[]> {
  return await page.evaluate((selector) => {
    const clipped = (element: Element) => element.closest('.evenkeel-reasons') !== null
    const boxes = [...document.querySelectorAll(selector)].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true })) return []
      // A row of reasons that is wider than its place scrolls inside it.
      if (clipped(element)) return []
      const range = document.createRange()
      range.selectNodeContents(element)
      const own = element.getBoundingClientRect()
      const { left, right, top, bottom } =
        element.tagName === 'BUTTON' || element.tagName === 'INPUT' ? own : range.getBoundingClientRect()
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 24)
      return right - left > 1 ? [{ name, left, right: Math.min(right, own.right), top, bottom }] : []
    })
    const outside = boxes
      .filter(({ left, right }) => left < 0 || right > innerWidth)
      .map(({ name }) => `${name} leaves`)
    const over = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
        )
        .map((b) => `${a.name} × ${b.name}`),
    )
    return [...outside, ...over]
  }, selector)
}
