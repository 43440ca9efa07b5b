import { createRoot } from 'react-dom/client'
import { job, stage } from './stage.ts'

/** What a peer's hook gives, in words that both have. */
export interface PeerState {
  readonly text: string
  readonly isBusy: boolean
  readonly hasError: boolean
  send(): void
}

/** The same product around it: busy while it says that it is, its answer, and the words its documentation shows for an error. */
export function Surface({ text, isBusy, hasError, send }: PeerState) {
  stage.start = send
  return (
    <section>
      <p id="busy">{isBusy ? 'Working…' : null}</p>
      <div className="answer place">
        <span>{text}</span>
      </div>
      <p className="notice">{hasError ? 'Something went wrong.' : null}</p>
    </section>
  )
}

export function mount(Peer: () => React.ReactNode): void {
  const root = createRoot(document.getElementById('root') ?? document.body)
  stage.unmount = () => root.unmount()
  root.render(<Peer />)
}

export const peerUrl = `${job.refusedUrl ?? ''}/ai/${job.id}/primary`
