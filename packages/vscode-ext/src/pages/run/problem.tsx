import '@vscode-elements/elements/dist/vscode-button/index.js'
import { AskError } from '../host.ts'

export interface ProblemProps {
  readonly error: Error
  readonly runId: string
  readonly retry: () => void
}

/** No run to show: what happened, and what to do. */
export function Problem({ error, runId, retry }: ProblemProps) {
  const notFound = error instanceof AskError && error.status === 404
  return (
    <div className="problem" role="alert">
      <h1>{notFound ? 'This run is not in the store' : 'The run could not be loaded'}</h1>
      <p>
        {notFound
          ? 'It may not have arrived yet, it may be older than what the store keeps, or it belongs to another workspace. The page shows it as soon as it comes.'
          : error.message}
      </p>
      <p>
        {notFound
          ? 'If it was just made, leave this open. Otherwise pick another one in the Runs view.'
          : hintOf(error)}
      </p>
      <p className="problem-id">
        Run <code>{runId}</code>
      </p>
      <vscode-button onClick={retry}>Try again</vscode-button>
    </div>
  )
}

/** A refresh that failed under a run already shown: the run stays, and this says that it may be old. */
export function StaleNotice({ error, retry }: Omit<ProblemProps, 'runId'>) {
  return (
    <div className="stale" role="status">
      <p>
        This may be out of date. {error.message} {hintOf(error)}
      </p>
      <vscode-button secondary onClick={retry}>
        Try again
      </vscode-button>
    </div>
  )
}

function hintOf(error: Error): string {
  return error instanceof AskError ? error.hint : 'Try again; if it stays, reload the page.'
}
