import type { ServerMetadata } from '../../wire.ts'

/**
 * Whether the handler says that it sent another prompt than the one in force (`3` or
 * `draft-reply@3`): it would make every figure of a rollback wrong. A handler that says nothing is not
 * known to be wrong.
 */
export function isOtherVersion(inForce: string | null, { prompt, version }: ServerMetadata): boolean {
  if (inForce === null || version === undefined) return false
  const [, wantedName, wantedVersion = inForce] = /^(.+)@([^@#]+)(?:#.*)?$/.exec(inForce) ?? []
  return version !== wantedVersion || (wantedName !== undefined && prompt !== wantedName)
}
