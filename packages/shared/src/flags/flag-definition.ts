/** One flag of a flagd definition file; https://flagd.dev/reference/flag-definitions/ */
export interface FlagDefinition {
  readonly state: 'ENABLED' | 'DISABLED'
  readonly variants: Readonly<Record<string, boolean | string | number>>
  /** `null`: the default of whoever asks. */
  readonly defaultVariant: string | null
  /** JSON logic; what gives no variant leaves the default one. */
  readonly targeting?: unknown
  readonly metadata?: Readonly<Record<string, string | number | boolean>>
}

/** A flagd definition file. Members that are not ours to know stay as they are. */
export interface FlagDefinitions {
  readonly flags: Readonly<Record<string, FlagDefinition>>
  readonly [member: string]: unknown
}

export const NO_FLAGS: FlagDefinitions = { $schema: 'https://flagd.dev/schema/v0/flags.json', flags: {} }
