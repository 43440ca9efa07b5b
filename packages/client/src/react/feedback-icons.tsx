import type { ReactNode } from 'react'

const PATHS = {
  up: 'M7 10v11H4V10zM7 10l4-7a2 2 0 0 1 3 2l-1 5h5a2 2 0 0 1 2 2.4l-1.4 7A2 2 0 0 1 16.6 21H7',
  regenerate: 'M20 11a8 8 0 1 0-2.3 6M20 4v7h-7',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v2',
} as const

export type IconName = keyof typeof PATHS | 'down'

/** A small line drawing in the colour of the text; its button has the name. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  // A thumb that is down is one that is up, turned round.
  const isTurned = name === 'down'
  return (
    <svg
      viewBox="0 0 24 24"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[isTurned ? 'up' : name]} transform={isTurned ? 'rotate(180 12 12)' : undefined} />
    </svg>
  )
}
