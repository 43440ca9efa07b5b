/** What the runner tells the suite, through the environment variable {@link TASK}. */
export interface Task {
  /** The opened folder, a copy of the sample. */
  readonly workspace: string
  /** Where the reporter writes, one JSON object a line. */
  readonly report: string
  /** Where the runner answers, for what only it can do or see; `null` where it cannot (Electron). */
  readonly runner: string | null
}

export const TASK = 'EVENKEEL_EDITOR_SUITE'

export function readTask(): Task {
  const text = process.env[TASK]
  if (text === undefined) {
    throw new Error(
      `${TASK} is not set: start the suite by "npm run test:editor" or "npm run test:electron".`,
    )
  }
  return JSON.parse(text) as Task
}
