import type { Browser } from 'playwright-core'
import type { Product } from './page.ts'
import { type Seen, startWitness } from './server.ts'
import { ANSWER_WORDS, COMMENT_WORDS, KEPT_WORD, PERSONAL, PROMPT_WORDS } from './words.ts'

declare const product: Product

/** What left a browser in one session. */
export interface Leaks {
  /** Requests that were looked through. */
  readonly requests: number
  readonly telemetry: number
  /** Bytes of words of prompts, answers and comments, but for the input that the model itself is asked with. */
  readonly content_bytes: number
  /** Headers of ours at an origin that was not named. */
  readonly foreign_headers: number
  /** Personal data in a comment that was kept through the redactor. */
  readonly personal_bytes: number
  /** What of that comment should have come and did not. */
  readonly lost_comments: number
  readonly where: readonly string[]
}

const CONTENT = [...PROMPT_WORDS, ...ANSWER_WORDS, ...COMMENT_WORDS]
const OURS = /^(traceparent|evenkeel[\w-]*|idempotency-key)$/im

/** A user in a real browser, and everything that its servers were sent. */
export async function session(browser: Browser, page: string): Promise<Leaks> {
  const [own, foreign] = await Promise.all([startWitness(page), startWitness(page)])
  const context = await browser.newContext()
  const tab = await context.newPage()
  const where: string[] = []
  try {
    // In the address too, behind the mark that browsers keep to themselves.
    await tab.goto(`${own.origin}/#${PROMPT_WORDS[0]}`)
    await tab.evaluate((origin) => product.useEverything(origin), foreign.origin)
    await tab.waitForTimeout(200)
    const off = [...own.seen]
    await tab.evaluate(() => product.commentRedacted())
    await tab.waitForTimeout(200)
    const redacted = own.seen.slice(off.length)
    const foreignSeen = foreign.seen

    let content = 0
    for (const seen of [...off, ...foreignSeen]) {
      for (const [part, text] of partsOf(seen)) {
        const bytes = bytesOf(text, CONTENT)
        if (bytes > 0) where.push(`${part} of ${seen.method} ${seen.url}`)
        content += bytes
      }
    }
    let personal = 0
    for (const seen of redacted) {
      for (const [part, text] of partsOf(seen)) {
        const bytes = bytesOf(text, [...PERSONAL, ANSWER_WORDS[0]])
        if (bytes > 0) where.push(`${part} of ${seen.method} ${seen.url} (redacted)`)
        personal += bytes
      }
    }
    const withHeaders = foreignSeen.filter(({ headers }) => OURS.test(headers))
    return {
      requests: own.seen.length + foreignSeen.length,
      telemetry: own.seen.filter(isTelemetry).length,
      content_bytes: content,
      foreign_headers: withHeaders.length,
      personal_bytes: personal,
      lost_comments: Number(!redacted.some(({ body }) => body.includes(KEPT_WORD))),
      where: [...new Set(where)],
    }
  } finally {
    await context.close()
    await Promise.all([own.close(), foreign.close()])
  }
}

const isTelemetry = ({ url }: Seen) => url.includes('/v1/')

function partsOf(seen: Seen): (readonly [string, string])[] {
  const parts: (readonly [string, string])[] = [
    ['the address', seen.url],
    ['the headers', seen.headers],
  ]
  // A model is asked with the input; that is what the user wanted. Everything else must be without it.
  return seen.url.startsWith('/api/') ? parts : [...parts, ['the body', seen.body]]
}

/** Bytes of these words in a text, however it is written. */
function bytesOf(text: string, words: readonly string[]): number {
  const forms = [text, unescaped(text), Buffer.from(text, 'base64').toString('latin1')].map((form) =>
    form.toLowerCase(),
  )
  return words.reduce((sum, word) => {
    const counts = forms.map((form) => form.split(word.toLowerCase()).length - 1)
    return sum + Math.max(...counts) * Buffer.byteLength(word)
  }, 0)
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function problemsOf(leaks: Leaks): string[] {
  const figures = ['content_bytes', 'foreign_headers', 'personal_bytes', 'lost_comments'] as const
  return [...figures.filter((name) => leaks[name] > 0), ...(leaks.telemetry < 2 ? ['telemetry'] : [])]
}
