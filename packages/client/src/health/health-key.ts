/** Whose state it is: nothing of one scope is ever read in another. */
export interface HealthScope {
  readonly tenant: string | null
  readonly user: string | null
}

export const HEALTH_PREFIX = 'evenkeel.health.'

/** Under which the state of this scope is kept. */
export function healthKey({ tenant, user }: HealthScope): string {
  return `${HEALTH_PREFIX}${JSON.stringify([tenant, user])}`
}
