import type { IncomingMessage } from 'node:http'
import { problem } from '@evenkeel/shared/server'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Why a request is not answered, or `null`. The server listens on loopback; a page of another site must
 * not reach it by a name of its own (DNS rebinding) nor post to it across origins.
 */
export function refusal({ headers, method }: Pick<IncomingMessage, 'headers' | 'method'>): Response | null {
  const host = hostname(headers.host)
  if (host === null || !LOOPBACK.has(host)) {
    return problem(403, { title: 'This server answers at 127.0.0.1 and localhost only.' })
  }
  const reads = method === 'GET' || method === 'HEAD'
  if (!reads && headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return problem(403, { title: 'This server takes requests from its own pages only.' })
  }
  return null
}

function hostname(host: string | undefined): string | null {
  try {
    return host === undefined ? null : new URL(`http://${host}`).hostname
  } catch {
    return null
  }
}
