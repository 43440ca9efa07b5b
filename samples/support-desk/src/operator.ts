import { useCallback, useEffect, useState } from 'react'

/** One control of a feature, as an operator sees it. */
export interface Control {
  readonly inForce: unknown
  /** What it can be set to, by name. */
  readonly variants: Readonly<Record<string, unknown>>
}

/** The controls of every feature: `controls['draft-reply']?.enabled`. */
export type ControlsByFeature = Readonly<Record<string, Readonly<Record<string, Control>>>>

interface ControlState {
  readonly flag: string
  readonly definition: {
    readonly defaultVariant: string | null
    readonly variants: Readonly<Record<string, unknown>>
  }
}

const PATH = '/evenkeel/controls'

/** Reads and flips the controls of the product's features, as an operator's page would. */
export function useOperator(isShown: boolean): {
  controls: ControlsByFeature | null
  failed: boolean
  flip: (feature: string, change: Readonly<Record<string, unknown>>) => void
} {
  const [controls, setControls] = useState<ControlsByFeature | null>(null)
  const [failed, setFailed] = useState(false)

  const read = useCallback(async () => {
    setControls(byFeature(await ask(PATH)))
    setFailed(false)
  }, [])
  useEffect(() => {
    if (isShown) read().catch(() => setFailed(true))
  }, [isShown, read])

  const flip = useCallback(
    (feature: string, change: Readonly<Record<string, unknown>>) => {
      const body = JSON.stringify({ ...change, reason: 'Tried out in the demonstration.' })
      const headers = { 'content-type': 'application/json' }
      ask(`${PATH}/${feature}`, { method: 'PATCH', headers, body })
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

/** Takes `draft-reply.max-level` apart into the feature and the control. */
export function byFeature(states: readonly ControlState[]): ControlsByFeature {
  const features: Record<string, Record<string, Control>> = {}
  for (const { flag, definition } of states) {
    const [feature = '', name = ''] = flag.split(/\.(?=[^.]+$)/)
    const { variants, defaultVariant } = definition
    features[feature] = {
      ...features[feature],
      [name]: { inForce: variants[defaultVariant ?? ''], variants },
    }
  }
  return features
}
