/** What a problem says besides its status. */
export interface ProblemDetails {
  /** One short sentence that is the same each time. */
  readonly title: string
  /** What to do about it; never an exception's own words. */
  readonly detail?: string
  /** Where the team finds it: the trace's id. */
  readonly traceId?: string
  readonly [extension: string]: unknown
}

/** An answer that says what went wrong, as https://www.rfc-editor.org/rfc/rfc9457 asks. */
export function problem(
  status: number,
  details: ProblemDetails,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify({ status, ...details }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}

/** Thrown where the request itself is wrong; it becomes a 4xx and is no alarm for the team. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly status: number
  readonly details: ProblemDetails

  constructor(status: number, details: ProblemDetails) {
    super(details.title)
    this.status = status
    this.details = details
  }
}
