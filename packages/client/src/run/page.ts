/** What the engine asks of the page it lives in: the one place that tests replace, and empty on a server. */
export interface Page {
  /** Such as `https://app.example`; `null` where there is no page. */
  readonly origin: string | null
  /** False only where the browser is sure that there is no network. */
  isOnline(): boolean
  isVisible(): boolean
  /** Class of connection, such as `4g`; `null` where the browser does not say. */
  connection(): string | null
  /** The user asked for less data. */
  savesData(): boolean
  /**
   * Called whenever the page is hidden or left, the last chance to send, and told whether it is gone for
   * good; returns the unsubscribe.
   */
  onHide(listener: (isGone: boolean) => void): () => void
  /** Hands a body to the browser, which sends it when the page is gone; the browser's own beacon where absent. */
  beacon?(url: string, body: string): boolean
}

/** The network information that some browsers tell; https://wicg.github.io/netinfo/ */
interface NetworkInformation {
  readonly effectiveType?: string
  readonly saveData?: boolean
}

const networkInformation = () =>
  (globalThis.navigator as { connection?: NetworkInformation } | undefined)?.connection

/** The page this script runs in. Every part answers harmlessly where there is none. */
export const browserPage: Page = {
  // Opaque origins (`file:`, sandboxed frames) say the word `null`.
  origin: globalThis.location === undefined || location.origin === 'null' ? null : location.origin,
  isOnline: () => globalThis.navigator?.onLine !== false,
  isVisible: () => globalThis.document === undefined || document.visibilityState === 'visible',
  connection: () => networkInformation()?.effectiveType ?? null,
  savesData: () => networkInformation()?.saveData === true,
  onHide(listener) {
    if (globalThis.document === undefined) return () => {}
    // Both, because each misses cases; https://developer.chrome.com/docs/web-platform/page-lifecycle-api
    const whenHidden = () => {
      if (document.visibilityState === 'hidden') listener(false)
    }
    const whenLeft = ({ persisted }: PageTransitionEvent) => listener(!persisted)
    document.addEventListener('visibilitychange', whenHidden)
    addEventListener('pagehide', whenLeft)
    return () => {
      document.removeEventListener('visibilitychange', whenHidden)
      removeEventListener('pagehide', whenLeft)
    }
  },
}
