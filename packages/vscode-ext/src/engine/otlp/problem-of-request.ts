import type { OtlpSignal } from './decode-body.ts'
import { isNestedDeeper, MAX_NESTING } from './nesting.ts'
import { isObject } from './span.ts'

const SHAPES = {
  traces: { top: 'resourceSpans', middle: 'scopeSpans', bottom: 'spans' },
  logs: { top: 'resourceLogs', middle: 'scopeLogs', bottom: 'logRecords' },
} as const satisfies Record<OtlpSignal, { top: string; middle: string; bottom: string }>

/** Why a body is no OTLP request of this signal, in one sentence; `null` where it is one. */
export function problemOfOtlp(body: unknown, signal: OtlpSignal): string | null {
  const { top, middle, bottom } = SHAPES[signal]
  if (!isObject(body)) return 'The body is not a JSON object.'
  // proto3 JSON leaves empty lists out, so an empty object is an empty request.
  if (Object.keys(body).length === 0) return null
  const other = SHAPES[signal === 'traces' ? 'logs' : 'traces'].top
  if (body[top] === undefined && body[other] !== undefined)
    return `The body holds \`${other}\`, which belongs to another path.`
  if (!Array.isArray(body[top])) return `The body has no list \`${top}\`.`
  if (isNestedDeeper(body, MAX_NESTING)) return `The body nests more than ${MAX_NESTING} levels deep.`
  return listProblem(body[top], top, middle, bottom)
}

/** Every level must be a list of objects; a list that is not there is an empty one. */
function listProblem(items: readonly unknown[], name: string, ...below: readonly string[]): string | null {
  const [next, ...rest] = below
  for (const item of items) {
    if (!isObject(item)) return `An entry of \`${name}\` is not an object.`
    const inner = next === undefined ? undefined : item[next]
    if (next === undefined || inner === undefined) continue
    if (!Array.isArray(inner)) return `\`${next}\` in \`${name}\` is not a list.`
    const problem = listProblem(inner, next, ...rest)
    if (problem !== null) return problem
  }
  return null
}
