/** A stretch of a text that says who somebody is, or opens something. */
export interface Finding {
  /** Offsets in UTF-16 code units; `end` is the first one after it. */
  readonly start: number
  readonly end: number
  /** What stands in its place, in brackets. */
  readonly label: string
}

/**
 * Finds stretches of one kind. It looks at each character a bounded number of times, whatever the text:
 * texts of users and models are hostile, and a pattern that backtracks would stop the page.
 */
export type Finder = (text: string) => readonly Finding[]
