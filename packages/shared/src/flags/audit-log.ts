import { appendFile } from 'node:fs/promises'
import type { FlagDefinition } from './flag-definition.ts'

/** One line of the audit log. */
export type AuditEntry =
  | {
      readonly event: 'changed' | 'failed'
      /** ISO date and time. */
      readonly at: string
      readonly actor: string
      readonly role: string
      /** The tenant that it holds for; `null` for everybody. */
      readonly scope: { readonly tenant: string | null }
      readonly feature: string
      readonly reason: string
      readonly expiresAt: string | null
      readonly flags: readonly {
        readonly flag: string
        readonly before: FlagDefinition | null
        readonly after: FlagDefinition
      }[]
    }
  | {
      readonly event: 'reminded'
      readonly at: string
      readonly flag: string
      readonly actor: string
      readonly reason: string
      readonly expiresAt: string
    }

/** Appends JSON lines; nothing is ever taken out. */
export function createAuditLog(path: string): { append(entry: AuditEntry): Promise<void> } {
  return {
    append: (entry) => appendFile(path, `${JSON.stringify(entry)}\n`, { mode: 0o640, flush: true }),
  }
}
