declare const process: { readonly env: { readonly NODE_ENV?: string } }

/** Whether the product was built for its developers. Bundlers replace `process.env.NODE_ENV`; a page that loads modules as they are has no `process`. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    return false
  }
}
