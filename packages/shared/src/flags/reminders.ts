import type { FlagDefinitions } from './flag-definition.ts'

/** A flip whose time to be looked at again has come. It is still in force. */
export interface Reminder {
  readonly flag: string
  readonly actor: string
  readonly reason: string
  /** ISO date and time. */
  readonly expiresAt: string
}

/** The flips of a file that have a time to be looked at again. */
export function remindersIn({ flags }: FlagDefinitions): Reminder[] {
  return Object.entries(flags).flatMap(([flag, { metadata = {} }]) => {
    const { expiresAt, actor = 'unknown', reason = '' } = metadata
    if (typeof expiresAt !== 'string' || Number.isNaN(Date.parse(expiresAt))) return []
    return [{ flag, actor: String(actor), reason: String(reason), expiresAt }]
  })
}

export interface Reminders {
  /** Reminds of what has become due; of each once. */
  look(definitions: FlagDefinitions): void
}

export function createReminders(now: () => number, remind: (reminder: Reminder) => void): Reminders {
  const told = new Set<string>()
  return {
    look(definitions) {
      for (const reminder of remindersIn(definitions)) {
        const mark = `${reminder.flag} ${reminder.expiresAt}`
        if (Date.parse(reminder.expiresAt) > now() || told.has(mark)) continue
        told.add(mark)
        remind(reminder)
      }
    },
  }
}
