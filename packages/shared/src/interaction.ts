/**
 * How a user waits for an answer: `synchronous` (stares at a spinner), `progressive` (reads while it
 * streams), `asynchronous` (does other things).
 */
export type Interaction = 'synchronous' | 'progressive' | 'asynchronous'

export const INTERACTIONS = [
  'synchronous',
  'progressive',
  'asynchronous',
] as const satisfies readonly Interaction[]
