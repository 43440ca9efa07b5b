import type { Outcome } from '@evenkeel/shared'
import type { ReactNode } from 'react'

/** Seven outcomes, seven silhouettes: they can be told apart without their colour. */
const SHAPES: Readonly<Record<Outcome, ReactNode>> = {
  answered: (
    <>
      <circle cx="8" cy="8" r="7" className="fill" />
      <path d="m4.8 8.3 2.2 2.2 4.3-4.8" className="cut" />
    </>
  ),
  degraded: <path d="M8 14.5 .9 2.5h14.2z" className="fill" />,
  incomplete: (
    <>
      <circle cx="8" cy="8" r="6.2" className="line" />
      <path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" className="fill" />
    </>
  ),
  omitted: (
    <>
      <circle cx="8" cy="8" r="6.2" className="line" />
      <path d="M4.8 8h6.4" className="line" />
    </>
  ),
  disabled: (
    <>
      <circle cx="8" cy="8" r="6.2" className="line" />
      <path d="m3.8 12.2 8.4-8.4" className="line" />
    </>
  ),
  stopped: <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" className="fill" />,
  abandoned: <path d="M9.5 2.5h-7v11h7M6.5 8h8m-2.7-2.7L14.5 8l-2.7 2.7" className="line" />,
}

/** The outcome's shape; it stands beside the outcome's word. */
export function OutcomeIcon({ outcome }: { readonly outcome: Outcome }) {
  return (
    <svg
      className="outcome-icon"
      data-outcome={outcome}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[outcome]}
    </svg>
  )
}
