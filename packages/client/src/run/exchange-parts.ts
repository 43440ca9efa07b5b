/** What picks a broken answer up again. */
export type Resuming = Pick<typeof import('./resume.ts'), 'createResumer'>

/** What goes on after a turn that called tools of the page. */
export type Tooling = Pick<typeof import('./tool-exchange.ts'), 'openToolExchange'>

/** What only some requests need: resuming when a server first names a URL for it, tools where a feature has any. */
export interface ExchangeParts {
  loadResuming(): Promise<Resuming>
  /** Only for features that have client tools. */
  loadTooling(): Promise<Tooling>
}
