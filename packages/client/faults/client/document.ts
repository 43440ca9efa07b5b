import type { Job, PageJob } from './job.ts'
import { installWitness } from './witness.ts'

const LOOK =
  'body{font:16px/1.5 sans-serif;margin:24px;width:640px}.answer{white-space:pre-wrap;overflow-wrap:break-word}.fallback{margin:0}.place{min-height:6em}#busy{height:1.5em;margin:0}'

const CONTENT_BELOW = Array.from(
  { length: 6 },
  (_, index) => `<p>Paragraph ${index + 1} of what stands below the answer and must not be moved about.</p>`,
).join('')

/** The page of one job: its witness before anything else, then the product's script, and content below it. */
export function documentOf(job: Job, refusedUrl: string): string {
  const { plan } = job.row
  const first = [
    `globalThis.job=${JSON.stringify(toldOf(job, refusedUrl))}`,
    'localStorage.clear()',
    ...(plan.pageFault === 'storage blocked' ? [`(${blockStorage})()`] : []),
    `(${installWitness})()`,
  ].join(';')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${job.id}</title><style>${LOOK}</style><script>${first}</script><div id="root"></div><article>${CONTENT_BELOW}</article><script type="module" src="/built/${job.build}/entry.js"></script></html>`
}

function toldOf({ id, row }: Job, refusedUrl: string): PageJob {
  const { isStructured, isTimed, isLong, isCached, isOnDisk, isOneDomain, isRefused, ...told } = row.plan
  const { throwsIn, flags, hedge, whenKilled } = told
  return {
    id,
    interaction: row.interaction,
    isBare: row.scope === 'bare',
    isStructured,
    isTimed,
    isLong,
    isCached,
    isOnDisk,
    hedge,
    whenKilled,
    isOneDomain,
    throwsIn,
    flags,
    refusedUrl: isRefused ? refusedUrl : null,
  }
}

/** As Chromium does where the user allows a site to keep nothing. */
function blockStorage(): void {
  const denied = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError')
  }
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(globalThis, name, { configurable: true, get: denied })
  }
}
