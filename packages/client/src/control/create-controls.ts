import { type ControlKeys, NO_CONTROLS } from '@evenkeel/shared'
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider'
import { NOOP_PROVIDER, OpenFeature, type Provider } from '@openfeature/web-sdk'
import { createFlagFeed } from './flag-feed.ts'
import { type ClosableControls, openFeatureControls } from './open-feature-controls.ts'
import { browserOutside, type Outside } from './outside.ts'

export interface ControlsOptions {
  /** The path or URL beneath which OFREP is served; `/evenkeel` on the page's own origin where absent. */
  readonly url?: string
  /**
   * Who is signed in, as the page knows it. The server goes by its session and not by this; it keeps what
   * one user was told from the next one at the same browser.
   */
  readonly tenant?: string | null
  readonly user?: string | null
  /** Flags that have another name already. Not needed with Evenkeel's own server, which knows of the mapping. */
  readonly keys?: ControlKeys
  /** How long there may be no news from the server before it is asked; 4 s where absent. */
  readonly pollEveryMs?: number
}

const POLL_EVERY_MS = 4_000
const SILENT = { error() {}, warn() {}, info() {}, debug() {} }
let count = 0

/**
 * Controls from the product's own server, by OFREP: pushed within a second, polled within five, kept
 * through a reload and while the server is away. On a server it gives the defaults.
 *
 * @example
 * const controls = createControls()
 * <EvenkeelProvider controls={controls}>…</EvenkeelProvider>
 */
export function createControls(options: ControlsOptions = {}): ClosableControls {
  if (globalThis.document === undefined) {
    return { of: () => NO_CONTROLS, onChange: () => () => {}, close() {} }
  }
  return assembleControls(options, browserOutside)
}

/** The same in a browser of these parts. */
export function assembleControls(options: ControlsOptions, outside: Outside): ClosableControls {
  const { url = '/evenkeel', tenant = null, user = null, keys, pollEveryMs = POLL_EVERY_MS } = options
  const baseUrl = new URL(url, globalThis.location?.href).href.replace(/\/+$/, '')
  count += 1
  // The app's own use of OpenFeature is in other domains, and none of ours.
  const domain = `evenkeel-${count}`
  // Whose flags these are is the server's to say; a changed context is the provider's way to fetch again.
  const refresh = () => void OpenFeature.setContext(domain, {})
  const feed = createFlagFeed(
    { baseUrl, scope: JSON.stringify([tenant, user]), pollEveryMs, refresh },
    outside,
  )
  const provider = new OFREPWebProvider(
    {
      baseUrl,
      fetchImplementation: feed.fetch,
      timeoutMs: pollEveryMs,
      // The feed does all of it, for every tab together.
      cacheMode: 'disabled',
      changeDetection: 'none',
      disableVisibilityRefresh: true,
    },
    SILENT,
  )
  const client = OpenFeature.getClient(domain).setLogger(SILENT)
  const controls = openFeatureControls(client, keys === undefined ? {} : { keys })
  // A server that is away at first is asked again at the next poll.
  OpenFeature.setProviderAndWait(domain, provider as Provider, {}).catch(() => {})
  return {
    of: controls.of,
    onChange: controls.onChange,
    close() {
      controls.close()
      feed.close()
      OpenFeature.setProvider(domain, NOOP_PROVIDER)
    },
  }
}
