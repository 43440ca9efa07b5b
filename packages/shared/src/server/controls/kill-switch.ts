import type { Identity } from '../identity.ts'
import type { Controls } from './controls.ts'
import { type StoppableBody, stoppable } from './stoppable-body.ts'

/**
 * Whether a run that is under way when the switch is thrown is stopped at once or may end. Where the kill says
 * `purge`, for what the feature said, it is stopped in either case.
 */
export type WhenKilled = 'stop' | 'finish'

/** The kill switch of one answer. */
export interface KillSwitch {
  readonly isThrown: boolean
  /** Throws it as soon as the feature is off for this identity; where a run may end, only for what was said. */
  watch(controls: Controls, feature: string, identity: Identity, whenKilled: WhenKilled): void
  /** The response as one that the switch can end; the watch ends with its body. */
  over(response: Response): Response
  /** There is nothing more to watch. */
  end(): void
}

/** @param onThrown called once, before the body is ended */
export function createKillSwitch(onThrown: () => void): KillSwitch {
  let isThrown = false
  let isOver = false
  let body: StoppableBody | null = null
  let unsubscribe = () => {}

  const end = () => {
    isOver = true
    unsubscribe()
  }
  const throwIt = () => {
    end()
    isThrown = true
    onThrown()
    body?.stop()
  }
  return {
    get isThrown() {
      return isThrown
    },
    watch(controls, feature, identity, whenKilled) {
      unsubscribe = controls.onChange(async () => {
        const { enabled, purge } = await controls.of(feature, identity)
        if (!enabled && (purge || whenKilled === 'stop') && !isOver) throwIt()
      })
    },
    over(response) {
      if (response.body === null) {
        end()
        return response
      }
      body = stoppable(response.body, response.headers.get('content-type') ?? '', end)
      return new Response(body.stream, response)
    },
    end,
  }
}
