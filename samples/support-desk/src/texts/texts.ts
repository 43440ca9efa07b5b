import type { Theme } from '../appearance.ts'
import type { Classification } from '../classification.ts'
import type { DigestStage } from '../digest-progress.ts'
import type { TicketStatus } from '../ticket.ts'
import type { Tone } from '../tone.ts'

/** Everything that the product itself says, in one language. What is said of an AI's answer is in `decks/`. */
export interface Texts {
  readonly brand: string
  readonly theme: Readonly<Record<Theme, string>>
  readonly age: { readonly now: string; readonly min: string; readonly h: string; readonly d: string }
  readonly list: {
    readonly title: string
    readonly search: string
    readonly searchTickets: string
    readonly show: string
    readonly status: Readonly<Record<TicketStatus, string>>
    readonly unread: string
    readonly loading: string
    readonly failed: string
    readonly safe: string
    readonly retry: string
    readonly none: Readonly<Record<TicketStatus, string>>
    readonly notFound: (sought: string, status: TicketStatus) => string
    readonly clear: string
  }
  readonly ticket: {
    readonly choose: string
    readonly missing: string
    readonly back: string
    readonly plan: (plan: string) => string
    readonly solve: string
    readonly reopen: string
    readonly conversation: string
  }
  readonly labels: {
    readonly title: string
    readonly start: string
    readonly off: string
    readonly hint: string
    readonly unset: string
    readonly fields: Readonly<Record<keyof Classification, string>>
    readonly topic: Readonly<Record<Classification['topic'], string>>
    readonly urgency: Readonly<Record<Classification['urgency'], string>>
    readonly language: Readonly<Record<Classification['language'], string>>
  }
  readonly draft: {
    readonly title: string
    readonly start: string
    readonly off: string
    readonly hint: string
    readonly stop: string
    readonly use: string
    readonly used: string
    readonly dismiss: string
    readonly dismissed: string
    readonly tone: string
    readonly tones: Readonly<Record<Tone, string>>
    readonly saved: string
    readonly savedReplies: readonly { readonly name: string; readonly text: (customer: string) => string }[]
  }
  readonly report: { readonly start: string; readonly done: string }
  readonly digest: {
    readonly title: string
    readonly about: (tickets: number) => string
    readonly start: string
    readonly stop: string
    readonly off: string
    readonly first: string
    readonly kept: string
    readonly underWay: string
    readonly progress: string
    readonly stages: Readonly<Record<DigestStage, string>>
    readonly count: (done: number, total: number) => string
    readonly counts: string
  }
  readonly reply: {
    readonly label: (customer: string) => string
    readonly placeholder: (customer: string) => string
    readonly goesTo: string
    readonly send: string
    readonly you: string
  }
}
