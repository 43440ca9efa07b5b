import type { FlagFile } from '@evenkeel/shared/flags'
import { type Controls, controlHandler, flagsHandler, type Identity } from '@evenkeel/shared/server'
import type { PromptLibrary } from './prompt.ts'

/** This product has one agent, who is always signed in. Yours would look into its session here. */
export function identify(_request: Request): Identity {
  return { tenant: 'lantern', user: 'noor', cohort: 'internal' }
}

export interface ControlRoutesOptions {
  readonly flags: FlagFile
  readonly controls: Controls
  readonly prompts: PromptLibrary
}

/** `/evenkeel/ofrep/…` tells the pages their flags; `/evenkeel/controls…` is for operators. `null` for any other path. */
export function controlRoutes({ flags, controls, prompts }: ControlRoutesOptions) {
  const tellFlags = flagsHandler({ controls, identify })
  const control = controlHandler({
    store: flags,
    // The server listens on loopback and answers its own pages only, so whoever asks sits at this machine.
    operator: () => ({ actor: 'demonstration', role: 'operator', tenant: null }),
    check: ({ feature, settings: { prompt } }) =>
      typeof prompt === 'string' && !prompts.has(feature, prompt)
        ? `There is no version ${prompt} of this prompt; there are ${prompts.versionsOf(feature).join(', ')}.`
        : null,
  })
  return (request: Request, pathname: string): Promise<Response> | null => {
    if (pathname.startsWith('/evenkeel/ofrep/')) return tellFlags(request)
    return /^\/evenkeel\/controls(\/|$)/.test(pathname) ? control(request) : null
  }
}
