/** What stood on the page at one moment, as somebody could see it. */
export interface Sighting {
  /** Since the trigger. */
  readonly atMs: number
  /** The words where the answer belongs, whoever's they are. */
  readonly answer: string
  readonly notice: string
  readonly isBusy: boolean
  /** The place is there at all. */
  readonly isThere: boolean
}

/** What the witness offers to the one who drives the page, as the global `witness`. */
export interface Witness {
  /** The trigger is now. */
  mark(): void
  /** Everything that was seen since, each time that something had changed. */
  readonly sightings: readonly Sighting[]
  /** What is seen now. */
  look(): Sighting
  /** Uncaught exceptions, unhandled rejections and errors on the console. */
  readonly complaints: readonly string[]
  /** The sum of every layout shift since the trigger, of whatever cause. */
  shift(): number
  /** The longest that this page's own timers came late since the trigger: the machine was busy with something else. */
  lagMs(): number
  /** What moved, for people. */
  readonly moved: readonly string[]
}

/**
 * Runs in the page before anything else. It knows the page's own markup (`.answer`, `.notice`, `#busy`) and
 * nothing of the library: what it notes is what could be read on the screen.
 */
export function installWitness(): void {
  const complaints: string[] = []
  const sightings: Sighting[] = []
  const shifts: { readonly atMs: number; readonly value: number; readonly what: string }[] = []
  let markedAt = Number.POSITIVE_INFINITY

  const TICK_MS = 50
  let lagMs = 0
  let tickedAt = performance.now()
  setInterval(() => {
    const now = performance.now()
    if (tickedAt >= markedAt) lagMs = Math.max(lagMs, now - tickedAt - TICK_MS)
    tickedAt = now
  }, TICK_MS)

  const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))
  addEventListener('error', (event) => complaints.push(`exception: ${event.message}`))
  addEventListener('unhandledrejection', ({ reason }) => complaints.push(`rejection: ${messageOf(reason)}`))
  const complain = console.error
  console.error = (...words: unknown[]) => {
    complaints.push(`console: ${words.map(messageOf).join(' ')}`)
    complain(...words)
  }

  /** The words in an element that can be seen, without what is there for screen readers alone. */
  const wordsIn = (element: Element): string => {
    if (!(element instanceof HTMLElement)) return ''
    const style = getComputedStyle(element)
    if (style.opacity === '0' || style.clipPath !== 'none') return ''
    const { height, width } = element.getBoundingClientRect()
    return height > 0 && width > 0 ? element.innerText : ''
  }
  const look = (): Sighting => {
    const place = document.querySelector('.answer')
    const parts = place === null ? [] : place.childElementCount > 0 ? [...place.children] : [place]
    const answer = parts.map(wordsIn).join(' ')
    const notice = document.querySelector('.notice')
    const busy = document.querySelector('#busy')
    return {
      atMs: performance.now() - markedAt,
      answer: answer.replace(/\s+/g, ' ').trim(),
      notice: notice === null ? '' : wordsIn(notice).trim(),
      isBusy: busy !== null && wordsIn(busy).trim() !== '',
      isThere: place !== null,
    }
  }

  const note = () => {
    const now = look()
    const last = sightings.at(-1)
    const isSame =
      last !== undefined &&
      last.answer === now.answer &&
      last.notice === now.notice &&
      last.isBusy === now.isBusy &&
      last.isThere === now.isThere
    if (!isSame) sightings.push(now)
  }
  let isDue = false
  const observer = new MutationObserver(() => {
    if (isDue || markedAt === Number.POSITIVE_INFINITY) return
    isDue = true
    requestAnimationFrame(() => {
      // What is newly observed is told of in the same frame, after every callback and right before the paint:
      // whatever stands there now is what is seen.
      const beforePaint = new ResizeObserver(() => {
        beforePaint.disconnect()
        isDue = false
        note()
      })
      beforePaint.observe(document.documentElement)
    })
  })
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })

  const nameOf = (node: Node | null | undefined): string =>
    node instanceof Element ? `${node.tagName}.${node.className}` : (node?.nodeName ?? '?')
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value = 0, sources = [] } = entry as {
        value?: number
        sources?: readonly { node?: Node | null }[]
      }
      const what = sources.map(({ node }) => nameOf(node)).join(', ')
      shifts.push({ atMs: entry.startTime, value, what })
    }
  }).observe({ type: 'layout-shift', buffered: true })

  Object.assign(globalThis, {
    witness: {
      mark() {
        markedAt = performance.now()
        sightings.push(look())
      },
      sightings,
      look,
      complaints,
      shift: () => shifts.filter(({ atMs }) => atMs >= markedAt).reduce((sum, { value }) => sum + value, 0),
      lagMs: () => lagMs,
      get moved() {
        return shifts
          .filter(({ atMs }) => atMs >= markedAt)
          .map(({ value, what }) => `${value.toFixed(4)} ${what}`)
      },
    } satisfies Witness,
  })
}
