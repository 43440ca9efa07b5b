import type { Feature } from '@evenkeel/shared'
import { declaredNames } from './declared-names.ts'

export type Schema<Output> = NonNullable<Feature<never, Output>['schema']>

/** What a schema says of a whole answer: the output, where it is wrong (no values: those are content), or that it threw. */
export type Verdict<Output> =
  | { readonly kind: 'passed'; readonly output: Output }
  | {
      readonly kind: 'violated'
      /** For whoever made the answer. Some of their keys are the model's own words. */
      readonly paths: readonly string[]
      /** The same in the schema's own words, for the record. */
      readonly places: readonly string[]
    }
  | { readonly kind: 'threw'; readonly error: unknown }

/** What a path is called that names the whole answer. */
const ROOT = '$'

/** Whatever stands in a path that is no name of the schema's: an index, or a key that the model made. */
const ANY = '*'

/**
 * Reads the whole text as JSON and checks it. It calls back before it returns where the schema is
 * synchronous, so that an answer need not wait a turn; it never throws.
 */
export function checkOutput<Output>(
  schema: Schema<Output>,
  text: string,
  done: (verdict: Verdict<Output>) => void,
): void {
  const value = readJson(text)
  if (value === undefined) return done({ kind: 'violated', paths: [ROOT], places: [ROOT] })
  const threw = (error: unknown) => done({ kind: 'threw', error })
  let result: ReturnType<Schema<Output>['~standard']['validate']>
  try {
    result = schema['~standard'].validate(value)
  } catch (error) {
    return threw(error)
  }
  if (result instanceof Promise) result.then((late) => done(read(schema, late)), threw)
  else done(read(schema, result))
}

/** `undefined`, which JSON cannot say, where the text is none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function read<Output>(
  schema: Schema<Output>,
  result: Awaited<ReturnType<Schema<Output>['~standard']['validate']>>,
): Verdict<Output> {
  if (result.issues === undefined) return { kind: 'passed', output: result.value }
  const names = declaredNames(schema)
  const paths = result.issues.map(({ path = [] }) =>
    path.map((part) => String(typeof part === 'object' ? part.key : part)),
  )
  const told = paths.map((path) => path.map((part) => (names.has(part) ? part : ANY)))
  return { kind: 'violated', paths: joined(paths), places: joined(told) }
}

/** Each once. */
const joined = (paths: readonly (readonly string[])[]): string[] => [
  ...new Set(paths.map((path) => path.join('.') || ROOT)),
]

const MAX_PLACES_TOLD = 8

/** Where an answer is wrong, in words for the record; one that is wrong everywhere is told by its first places. */
export function describePlaces(places: readonly string[]): string {
  return `wrong at ${places.slice(0, MAX_PLACES_TOLD).join(', ')}`
}
