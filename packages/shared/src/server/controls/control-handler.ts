import { problem, RequestProblem } from '../problem.ts'
import { readBody } from '../read-body.ts'
import { isJson } from '../read-input.ts'
import { isSameOrigin } from '../same-origin.ts'
import { checkChange } from './check-change.ts'
import { ChangeRefused, type ControlChange, type ControlStore, type Operator } from './control-store.ts'

export interface ControlHandlerOptions {
  readonly store: ControlStore
  /** Who asks, where they may change controls; `null` for everybody else, who gets a 403. */
  readonly operator: (request: Request) => Operator | null | Promise<Operator | null>
  /** A further check of the app's own, such as whether that prompt exists: what is wrong, or `null`. */
  readonly check?: (change: ControlChange) => string | null | Promise<string | null>
  /** Hears of every flip once it is done. */
  readonly onChange?: (change: ControlChange) => void
  /** Hears of what failed; writes it to the console where absent. */
  readonly onError?: (error: unknown) => void
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

const MAX_BYTES = 16 * 1024
const LIST = /\/controls\/?$/
const ONE = /\/controls\/([a-z][a-z0-9-]*)$/

/**
 * Lets operators see and change controls: `GET …/controls`, `PATCH …/controls/<feature>`. Every flip has
 * an actor, a role, a scope, a reason and a time to look at it again, and is in the audit log.
 *
 * @example
 * const control = controlHandler({ store: flagFile, operator: (request) => operatorOf(request) })
 */
export function controlHandler(options: ControlHandlerOptions): (request: Request) => Promise<Response> {
  const { store } = options
  const now = options.now ?? Date.now
  const onError =
    options.onError ?? ((error: unknown) => console.error('evenkeel: a control was not changed', error))

  return async (request) => {
    const { pathname } = new URL(request.url)
    try {
      if (!isSameOrigin(request)) throw new RequestProblem(403, { title: 'Controls are for this site only.' })
      const operator = await options.operator(request)
      if (operator === null)
        throw new RequestProblem(403, { title: 'Only operators see and change controls.' })
      if (LIST.test(pathname)) return request.method === 'GET' ? answer(store.list()) : only('GET')
      const [, feature] = ONE.exec(pathname) ?? []
      if (feature === undefined) return problem(404, { title: 'Controls are at …/controls/<feature>.' })
      return request.method === 'PATCH' ? await patch(request, feature, operator) : only('PATCH')
    } catch (error) {
      if (error instanceof RequestProblem) return problem(error.status, error.details)
      if (error instanceof ChangeRefused) return problem(409, { title: error.message })
      onError(error)
      return problem(500, { title: 'The control was not changed.' })
    }
  }

  async function patch(request: Request, feature: string, operator: Operator): Promise<Response> {
    if (!isJson(request.headers.get('content-type') ?? ''))
      throw new RequestProblem(415, { title: 'The body must be application/json.' })
    const change = { feature, operator, ...checkChange(parse(await readBody(request, MAX_BYTES)), now()) }
    if (operator.tenant !== null && change.tenant !== operator.tenant)
      throw new RequestProblem(403, { title: `You may change controls of tenant '${operator.tenant}' only.` })
    const wrong = (await options.check?.(change)) ?? null
    if (wrong !== null) throw new RequestProblem(400, { title: wrong })
    const states = await store.change(change)
    try {
      options.onChange?.(change)
    } catch (error) {
      onError(error)
    }
    return answer(states)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RequestProblem(400, { title: 'The body is not JSON.' })
  }
}

function answer(controls: unknown): Response {
  return Response.json({ controls }, { headers: { 'cache-control': 'no-store' } })
}

function only(method: string): Response {
  return problem(405, { title: `This path answers ${method} only.` }, { allow: method })
}
