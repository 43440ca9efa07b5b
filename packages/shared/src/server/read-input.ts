import type { StandardSchemaV1 } from '../standard-schema.ts'
import { RequestProblem } from './problem.ts'
import { readBody } from './read-body.ts'

/**
 * The `input` of the JSON that the client sends, checked by a schema where one is given.
 *
 * @throws RequestProblem 400, 413 or 415; a 400 names the paths that are wrong and none of their values.
 */
export async function readInput(
  request: Request,
  maxBytes: number,
  schema: StandardSchemaV1 | undefined,
): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!isJson(type)) throw new RequestProblem(415, { title: 'The body must be application/json.' })
  const input = inputOf(await readBody(request, maxBytes))
  if (schema === undefined) return input
  const result = await schema['~standard'].validate(input)
  if (result.issues === undefined) return result.value
  const paths = result.issues.map(({ path }) => (path ?? []).map(segmentOf).join('.'))
  throw new RequestProblem(400, { title: 'The input is not of the form that this feature takes.', paths })
}

/** Whether a content type is JSON, its parameters aside. */
export function isJson(contentType: string): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType.trim())
}

function inputOf(text: string): unknown {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new RequestProblem(400, { title: 'The body is not JSON.' })
  }
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, 'input')) {
    return (body as { input: unknown }).input
  }
  throw new RequestProblem(400, { title: 'The body must be a JSON object with an `input`.' })
}

function segmentOf(segment: PropertyKey | StandardSchemaV1.PathSegment): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}
