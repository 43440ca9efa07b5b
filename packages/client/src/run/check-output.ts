import type { Feature } from '@evenkeel/shared'

export type Schema<Output> = NonNullable<Feature<never, Output>['schema']>

/** What a schema says of a whole answer: the output, the paths that are wrong (no values: those are content), or that it threw. */
export type Verdict<Output> =
  | { readonly kind: 'passed'; readonly output: Output }
  | { readonly kind: 'violated'; readonly paths: readonly string[] }
  | { readonly kind: 'threw'; readonly error: unknown }

/** What a path is called that names the whole answer. */
const ROOT = '$'

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
  if (value === undefined) return done({ kind: 'violated', paths: [ROOT] })
  const threw = (error: unknown) => done({ kind: 'threw', error })
  let result: ReturnType<Schema<Output>['~standard']['validate']>
  try {
    result = schema['~standard'].validate(value)
  } catch (error) {
    return threw(error)
  }
  if (result instanceof Promise) result.then((late) => done(read<Output>(late)), threw)
  else done(read<Output>(result))
}

/** `undefined`, which JSON cannot say, where the text is none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function read<Output>(result: Awaited<ReturnType<Schema<Output>['~standard']['validate']>>): Verdict<Output> {
  if (result.issues === undefined) return { kind: 'passed', output: result.value }
  const paths = result.issues.map(({ path = [] }) =>
    path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
  )
  return { kind: 'violated', paths: [...new Set(paths.map((path) => path || ROOT))] }
}

const MAX_PATHS_TOLD = 8

/** Where an answer is wrong, in words for the record; one that is wrong everywhere is told by its first paths. */
export function describePaths(paths: readonly string[]): string {
  return `wrong at ${paths.slice(0, MAX_PATHS_TOLD).join(', ')}`
}
