import type { ControlName } from '../../control.ts'
import type { Level } from '../../level.ts'

/** Who has the feature: these cohorts, and of everybody else this share, chosen by user id. */
export interface Rollout {
  /** From 0 to 100. */
  readonly percent: number
  readonly cohorts: readonly string[]
}

/** What a flip changes. `null` gives a control back to what lies beneath: the file's own rule, or the default. */
export interface ControlSettings {
  /** `false` throws the kill switch; `true` lifts it, and the rollout is what it was before. */
  readonly enabled?: boolean
  /** With `enabled: false`: the answers kept from before are bad too. */
  readonly purge?: boolean
  readonly rollout?: Rollout
  readonly 'max-level'?: Level | null
  readonly notice?: string | null
  readonly hedge?: boolean | null
  readonly prompt?: string | null
  readonly model?: string | null
}

/** Who may flip, as the app knows them. */
export interface Operator {
  /** A name that the audit log can show. */
  readonly actor: string
  readonly role: string
  /** The only tenant whose controls may be changed; `null` for everybody's. */
  readonly tenant: string | null
}

/** One flip, checked and ready to be done. */
export interface ControlChange {
  readonly feature: string
  readonly settings: ControlSettings
  readonly operator: Operator
  /** For whom: one tenant, or `null` for everybody. */
  readonly tenant: string | null
  readonly reason: string
  /** When somebody should look at it again; `null` for never. It reminds, and changes nothing by itself. */
  readonly expiresAtEpochMs: number | null
}

/** A control as it stands. */
export interface ControlState {
  readonly flag: string
  readonly feature: string
  readonly control: ControlName
  /** The flag's definition, as its file has it. */
  readonly definition: Readonly<Record<string, unknown>>
  readonly expiresAt: string | null
  /** Its time to be looked at again is over. */
  readonly isExpired: boolean
}

/** What can be flipped: the flagd definition file of `@evenkeel/shared/flags`, or a store of the app's own. */
export interface ControlStore {
  list(): readonly ControlState[]
  /**
   * Does the flip and writes the audit log.
   * @throws ChangeRefused where it makes no sense.
   */
  change(change: ControlChange): Promise<readonly ControlState[]>
}

/** Thrown where a flip makes no sense as things stand; it becomes a 409. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused'
}
