import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { CONTROLS, type ControlKeys, controlKey, type FlagReading } from '../control.ts'
import type { ControlChange, ControlState, ControlStore } from '../server/controls/control-store.ts'
import type { FlagSource, FlagValue } from '../server/controls/flag-source.ts'
import { createListeners } from '../server/controls/listeners.ts'
import type { Identity } from '../server/identity.ts'
import { type AuditEntry, createAuditLog } from './audit-log.ts'
import { createEvaluator, type Evaluator } from './evaluator.ts'
import { type FlagDefinition, type FlagDefinitions, NO_FLAGS } from './flag-definition.ts'
import { createReminders, type Reminder } from './reminders.ts'
import { changedControls } from './set-control.ts'
import { watchFile } from './watch-file.ts'
import { writeAtomically } from './write-atomically.ts'

export interface FlagFileOptions {
  /** Where flips are written down, as JSON lines; the file's own name with `.audit.jsonl` where absent. */
  readonly auditLog?: string
  /** Flags that have another name already; the same as `createControls` has. */
  readonly keys?: ControlKeys
  /** How often the file is looked at; 250 ms where absent. */
  readonly watchEveryMs?: number
  /** Hears of a file that is missing or broken, while its last good values stay; the console where absent. */
  readonly onError?: (error: unknown) => void
  /** Hears of every flip whose `expiresAt` has passed; the console where absent. Nothing else happens to it. */
  readonly onReminder?: (reminder: Reminder) => void
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** A flagd definition file, open: evaluated in this process, watched, and changed by flips. */
export interface FlagFile extends FlagSource, ControlStore {
  /** At once: it is all in memory. */
  evaluate(key: string, fallback: FlagValue, identity: Identity): FlagReading
  readonly evaluatePublic: NonNullable<FlagSource['evaluatePublic']>
  /** Looks at the file now, rather than at the next time. */
  reload(): Promise<void>
  close(): void
}

const WATCH_EVERY_MS = 250

/**
 * Opens a flagd definition file. It need not be there yet: until it is, every flag is at its default.
 *
 * @example
 * const flags = await openFlagFile('flags.json')
 * const controls = createControls(flags)
 */
export async function openFlagFile(path: string, options: FlagFileOptions = {}): Promise<FlagFile> {
  const now = options.now ?? Date.now
  const onError =
    options.onError ??
    ((error: unknown) =>
      console.error(`evenkeel: ${path} cannot be used; the flags stay as they were`, error))
  const onReminder =
    options.onReminder ??
    (({ flag, expiresAt, actor, reason }: Reminder) =>
      console.warn(
        `evenkeel: flag ${flag} was due to be looked at again at ${expiresAt} (set by ${actor}: ${reason})`,
      ))
  const audit = createAuditLog(options.auditLog ?? path.replace(/(\.json)?$/, '.audit.jsonl'))
  const listeners = createListeners(onError)
  const reminders = createReminders(now, (reminder) => {
    onReminder(reminder)
    void audit.append({ event: 'reminded', at: iso(now()), ...reminder }).catch(onError)
  })
  let text = JSON.stringify(NO_FLAGS)
  let definitions = NO_FLAGS
  let evaluator: Evaluator = createEvaluator(text)
  let version = versionOf(text)
  let changing: Promise<unknown> = Promise.resolve()

  function take(next: string): void {
    if (next === text) return
    const nextEvaluator = createEvaluator(next)
    definitions = JSON.parse(next) as FlagDefinitions
    evaluator = nextEvaluator
    text = next
    version = versionOf(next)
    reminders.look(definitions)
    listeners.notify()
  }

  const watched = watchFile(path, options.watchEveryMs ?? WATCH_EVERY_MS, {
    onText(next) {
      try {
        take(next)
      } catch (error) {
        onError(new Error(`${path} is no flagd definition file.`, { cause: error }))
      }
    },
    onError,
  })
  const reminding = setInterval(() => reminders.look(definitions), 1_000)
  reminding.unref()
  await watched.look()

  async function change(asked: ControlChange): Promise<readonly ControlState[]> {
    const { feature, settings, tenant, operator, reason, expiresAtEpochMs } = asked
    // The file as it is now, whoever wrote it; a broken one must be mended by hand first.
    const current = await readDefinitions(path)
    const expiresAt = expiresAtEpochMs === null ? null : iso(expiresAtEpochMs)
    const at = iso(now())
    const changed = changedControls(settings, tenant, (control) => current.flags[keyOf(feature, control)])
    const flags = changed.map(([control, definition]) => ({
      flag: keyOf(feature, control),
      before: current.flags[keyOf(feature, control)] ?? null,
      after: signed(definition, {
        reason,
        actor: operator.actor,
        changedAt: at,
        expiresAt,
        // It stays when the feature is switched on again: what was said before is not better for that.
        ...(control === 'enabled' && settings.purge === true ? { purgedAt: at } : {}),
      }),
    }))
    const after = Object.fromEntries(flags.map((flag) => [flag.flag, flag.after]))
    const next = `${JSON.stringify({ ...current, flags: { ...current.flags, ...after } }, null, 2)}\n`
    createEvaluator(next)
    const entry: AuditEntry = {
      event: 'changed',
      at,
      actor: operator.actor,
      role: operator.role,
      scope: { tenant },
      feature,
      reason,
      expiresAt,
      flags,
    }
    // First the log: what cannot be written down is not done.
    await audit.append(entry)
    try {
      await writeAtomically(path, next)
    } catch (error) {
      await audit.append({ ...entry, event: 'failed' })
      throw error
    }
    take(next)
    return list().filter((state) => Object.hasOwn(after, state.flag))
  }

  function list(): ControlState[] {
    return Object.entries(definitions.flags).flatMap(([flag, definition]) => {
      const name = nameOf(flag)
      const control = CONTROLS.find((known) => name.endsWith(`.${known}`))
      if (control === undefined) return []
      const { expiresAt } = definition.metadata ?? {}
      const due = typeof expiresAt === 'string' ? expiresAt : null
      return [
        {
          flag,
          feature: name.slice(0, -control.length - 1),
          control,
          definition: { ...definition },
          expiresAt: due,
          isExpired: due !== null && Date.parse(due) <= now(),
        },
      ]
    })
  }

  function keyOf(feature: string, control: Parameters<typeof controlKey>[1]): string {
    return controlKey(feature, control, options.keys)
  }

  function nameOf(flag: string): string {
    return Object.entries(options.keys ?? {}).find(([, key]) => key === flag)?.[0] ?? flag
  }

  return {
    evaluate: (key, fallback, identity) => evaluator.evaluate(key, fallback, identity),
    evaluatePublic: (identity) => evaluator.evaluatePublic(identity),
    get version() {
      return version
    },
    onChange: listeners.add,
    list,
    change(asked) {
      // One after the other, so that none works on a text that another one is about to replace.
      const done = changing.then(() => change(asked))
      changing = done.catch(() => {})
      return done
    },
    reload: () => watched.look(),
    close() {
      watched.close()
      clearInterval(reminding)
    },
  }
}

async function readDefinitions(path: string): Promise<FlagDefinitions> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return JSON.stringify(NO_FLAGS)
    throw error
  })
  createEvaluator(text)
  return JSON.parse(text) as FlagDefinitions
}

function signed(
  definition: FlagDefinition,
  signature: {
    reason: string
    actor: string
    changedAt: string
    expiresAt: string | null
    purgedAt?: string
  },
): FlagDefinition {
  const { expiresAt: _old, ...metadata } = definition.metadata ?? {}
  const { expiresAt, ...rest } = signature
  return { ...definition, metadata: { ...metadata, ...rest, ...(expiresAt === null ? {} : { expiresAt }) } }
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
