import { useCallback, useEffect, useState } from 'react'

/** What an operator sees of the feature's flags. */
export interface DraftControls {
  readonly enabled: boolean
  /** The prompt's version in force. */
  readonly prompt: string
}

interface ControlState {
  readonly flag: string
  readonly definition: {
    readonly defaultVariant: string | null
    readonly variants: Readonly<Record<string, unknown>>
  }
}

const PATH = '/evenkeel/controls'

/** Reads and flips the controls of *draft reply*, as an operator's page would. */
export function useOperator(isShown: boolean): {
  controls: DraftControls | null
  failed: boolean
  flip: (change: Readonly<Record<string, unknown>>) => void
} {
  const [controls, setControls] = useState<DraftControls | null>(null)
  const [failed, setFailed] = useState(false)

  const read = useCallback(async () => {
    const states = await ask(PATH)
    setControls({
      enabled: inForce(states, 'draft-reply.enabled') !== false,
      prompt: String(inForce(states, 'draft-reply.prompt') ?? ''),
    })
    setFailed(false)
  }, [])
  useEffect(() => {
    if (isShown) read().catch(() => setFailed(true))
  }, [isShown, read])

  const flip = useCallback(
    (change: Readonly<Record<string, unknown>>) => {
      const body = JSON.stringify({ ...change, reason: 'Tried out in the demonstration.' })
      const headers = { 'content-type': 'application/json' }
      ask(`${PATH}/draft-reply`, { method: 'PATCH', headers, body })
        .then(read)
        .catch(() => setFailed(true))
    },
    [read],
  )
  return { controls, failed, flip }
}

async function ask(path: string, init: RequestInit = {}): Promise<readonly ControlState[]> {
  const response = await fetch(path, init)
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  const { controls } = (await response.json()) as { controls: readonly ControlState[] }
  return controls
}

function inForce(states: readonly ControlState[], flag: string): unknown {
  const definition = states.find((state) => state.flag === flag)?.definition
  return definition?.variants[definition.defaultVariant ?? '']
}
