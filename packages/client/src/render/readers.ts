import type { Run } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import type { Part } from './parts/part.ts'
import { readObject as objectOf } from './read-object.ts'
import { readParts as partsOf } from './read-parts.ts'

// What the entries export. They must not name the modules themselves: esbuild loads with an entry whatever module the
// entry re-exports and a later chunk uses, also where nobody imports it from the entry.

/**
 * The structured answer as far as it has arrived, and once settled the one that passed the feature's
 * schema; `undefined` where there is none. It reads only what is new. The value is immutable, and its
 * subtrees that did not change since the last call are the same objects, so that memoised rows do not
 * render again, not even when the answer settles.
 *
 * While it streams in nothing has checked it: a property may still be missing, and what is there is
 * what the model wrote.
 *
 * @example
 * run.subscribeContent(() => draw(readObject(run)?.items ?? []))
 */
export function readObject<Output>(run: Run<unknown, Output>): DeepPartial<Output> | undefined {
  return objectOf(run)
}

/**
 * The answer in parts, in their order: text, reasoning, tool calls with their state, sources, files and
 * data. Made of what arrived since the last call, so a run whose parts nobody reads pays nothing for
 * them. The list and its parts are immutable; what did not change is the same object as before.
 * Reasoning is never part of `run.text`; the JSON of a structured answer is no part (see `readObject`).
 *
 * @example
 * run.subscribeContent(() => draw(readParts(run)))
 */
export function readParts(run: Run): readonly Part[] {
  return partsOf(run)
}
