/** What kind of error it was. Its message stays out, because it may quote content. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
