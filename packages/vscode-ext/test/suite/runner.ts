import { readTask } from './task.ts'

/** What only the runner outside of the editor can do or see. */
export type RunnerQuestion =
  /** Closes the window that was opened first. */
  | { readonly ask: 'close-first-window' }
  /** Whether this text is on the screen of this window, in a webview or outside of one. */
  | { readonly ask: 'sees'; readonly text: string }
  /** Opens a run in the first window, reloads that window, and says whether the text is there both times. */
  | { readonly ask: 'survives-reload'; readonly runId: string; readonly text: string }

/** Asks the runner; `null` where there is none to ask. */
export async function askRunner(question: RunnerQuestion): Promise<boolean | null> {
  const { runner } = readTask()
  if (runner === null) return null
  const response = await fetch(runner, { method: 'POST', body: JSON.stringify(question) })
  if (!response.ok) throw new Error(`The runner answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as boolean
}
