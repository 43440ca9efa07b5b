/** One request for an answer, as the server saw it. */
export interface LoggedRequest {
  readonly job: string
  /** Who was asked, by the URL or, where one URL stands for both, by the attempt's own header. */
  readonly tier: 'primary' | 'fast'
  readonly body: string
  readonly idempotencyKey: string | null
  /** Names the attempt: a browser that sends a request again by itself sends the same one. */
  readonly traceparent: string | null
  readonly attempt: string | null
  /** How it ended: the server said its last word, or the browser hung up before; `null` while it is open. */
  ended: 'whole' | 'left' | null
}

/** What the server heard, in order. */
export interface AccessLog {
  add(request: LoggedRequest): void
  of(job: string): readonly LoggedRequest[]
}

export function createAccessLog(): AccessLog {
  const byJob = new Map<string, LoggedRequest[]>()
  return {
    add(request) {
      const known = byJob.get(request.job) ?? []
      known.push(request)
      byJob.set(request.job, known)
    },
    of: (job) => byJob.get(job) ?? [],
  }
}
