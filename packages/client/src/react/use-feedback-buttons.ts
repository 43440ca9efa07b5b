import { useEffect, useState } from 'react'

type Part = Pick<typeof import('./feedback-buttons.tsx'), 'FeedbackButtons' | 'feedbackCss'>

let loaded: Part | null = null

/**
 * What is in a feedback bar, once there is an answer. It is loaded before that, and renders nothing when it comes;
 * where it did not come it is asked for again with the answer.
 */
export function useFeedbackButtons(isWanted: boolean): Part | null {
  const [, renderWith] = useState(loaded)
  useEffect(() => {
    if (loaded !== null) return
    import('./feedback-buttons.tsx').then(
      (part) => {
        loaded = part
        if (isWanted) renderWith(part)
      },
      () => {},
    )
  }, [isWanted])
  return isWanted ? loaded : null
}
