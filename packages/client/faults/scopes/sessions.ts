/** Who is signed in at a tab, and a word that stands nowhere but in what is theirs. */
export interface Session {
  readonly name: string
  readonly tenant: string
  readonly user: string
  readonly word: string
}

export const ACME_ANN: Session = { name: 'acme-ann', tenant: 'acme', user: 'ann', word: 'Thistlegate' }
/** In the tenant of the first, so that a key without the user is seen. */
export const ACME_BOB: Session = { name: 'acme-bob', tenant: 'acme', user: 'bob', word: 'Marlowen' }
/** By the name of the first, so that a key without the tenant is seen. */
export const BOLT_ANN: Session = { name: 'bolt-ann', tenant: 'bolt', user: 'ann', word: 'Oxbarrow' }
export const BOLT_EVE: Session = { name: 'bolt-eve', tenant: 'bolt', user: 'eve', word: 'Quibblefrost' }

/** All of them share one browser, and so one storage. */
export const SESSIONS: readonly Session[] = [ACME_ANN, ACME_BOB, BOLT_ANN, BOLT_EVE]

export const othersOf = (session: Session | null) => SESSIONS.filter((other) => other !== session)

export const sessionNamed = (name: string | null) => SESSIONS.find((session) => session.name === name) ?? null

/** Whose words are in a text. */
export const ownersIn = (text: string) => SESSIONS.filter(({ word }) => text.includes(word))
