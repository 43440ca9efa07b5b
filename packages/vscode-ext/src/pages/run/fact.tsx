import type { ReactNode } from 'react'

/** What nobody said. It is never left blank, and never zero. */
export function Unknown({ why }: { readonly why?: string }) {
  return (
    <span className="unknown" title={why}>
      unknown
    </span>
  )
}

/** A list of named facts. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

export interface FactProps {
  readonly name: string
  /** `null` reads "unknown". */
  readonly children: ReactNode
  /** Who could have said it, where the value is unknown. */
  readonly why?: string
}

export function Fact({ name, children, why }: FactProps) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children ?? <Unknown {...(why === undefined ? {} : { why })} />}</dd>
    </div>
  )
}

/** A block of the page under its own heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = `section-${title.toLowerCase().replaceAll(' ', '-')}`
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
