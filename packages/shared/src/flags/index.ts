/**
 * A flagd definition file as the source of controls, for Node. It needs `@openfeature/flagd-core` and
 * `@openfeature/core` beside this package.
 *
 * @packageDocumentation
 */
export * from './audit-log.ts'
export * from './flag-definition.ts'
export * from './flag-file.ts'
export type { Reminder } from './reminders.ts'
export * from './rollout.ts'
