/** Who is signed in at this tab; the product's server wrote the first one into the page. */
export interface SignedIn {
  readonly name: string
  readonly tenant: string | null
  readonly user: string | null
}

declare let session: SignedIn

export const signedIn = (): SignedIn => session

/** Somebody else signs in: from here on every request of the tab is theirs. */
export function signIn(next: SignedIn): void {
  session = next
}

/**
 * Has every request say whose it is, as products do whose session is a tab's and not the browser's; by the
 * address where the browser takes no header.
 */
export function tellSession(): void {
  const { fetch, EventSource } = globalThis
  globalThis.fetch = (target, init) => {
    const headers = new Headers(init?.headers ?? (target instanceof Request ? target.headers : undefined))
    headers.set('x-session', session.name)
    return fetch(target, { ...init, headers })
  }
  const addressed = (url: string | URL) => {
    const its = new URL(url, location.href)
    its.searchParams.set('session', session.name)
    return its.href
  }
  globalThis.EventSource = class extends EventSource {
    constructor(url: string | URL) {
      super(addressed(url))
    }
  }
  const beacon = navigator.sendBeacon.bind(navigator)
  navigator.sendBeacon = (url, body) => beacon(addressed(url), body)
}
