import { ModelFailure } from '@evenkeel/shared/server'

/** A model failed because the demonstration said so: nobody has to look into it. */
export class RehearsedFailure extends ModelFailure {}

/** Whether this error, or what caused it, is the demonstration's own. */
export function isRehearsed(error: unknown): boolean {
  if (error instanceof RehearsedFailure) return true
  return error instanceof Error && error.cause !== undefined && isRehearsed(error.cause)
}
