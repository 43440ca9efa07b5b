declare const process: { readonly env: { readonly NODE_ENV?: string } }

/** Whether the product was built for its developers. Bundlers replace `process.env.NODE_ENV`; a page that loads modules as they are has no `process`. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    return false
  }
}

/** Tells the developers of an exception that the user was spared. */
export function logInDevelopment(where: string, error: unknown): void {
  try {
    // Written out here, so that a production build leaves the words out.
    if (process.env.NODE_ENV !== 'production') {
      console.error(`evenkeel: ${where} threw. The user was spared.`, error)
    }
  } catch {}
}
