import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { Problem } from './problem.ts'

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Refuses a `Host` that is not this collector on loopback. A page of another site can point its own name
 * at 127.0.0.1 (DNS rebinding); its requests then carry that name.
 */
export function onlyOwnHost(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host')?.toLowerCase() ?? ''
    if (!LOOPBACK_HOSTS.some((name) => host === `${name}:${port()}`))
      throw new Problem(
        403,
        `The host "${host}" is not this collector.`,
        `Ask http://127.0.0.1:${port()} directly.`,
      )
    await next()
  }
}

/**
 * Refuses pages of other sites. Without an `Origin` the asker is no page (a server, an exporter, the
 * editor). Pages on loopback, whatever their port, are the developer's own products: they may send
 * telemetry; nothing else may be asked from a page, for the editor's pages ask through the editor.
 */
export function onlyOwnOrigins(mayPost: (path: string) => boolean): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin')
    if (origin === undefined) return next()
    if (!(mayPost(context.req.path) && isLoopbackOrigin(origin)))
      throw new Problem(
        403,
        `The origin "${origin}" may not speak to this collector.`,
        'Send telemetry to your own server and let it forward to the collector.',
      )
    context.header('access-control-allow-origin', origin)
    context.header('vary', 'origin')
    if (context.req.method !== 'OPTIONS') return next()
    context.header('access-control-allow-methods', 'POST')
    context.header('access-control-allow-headers', 'content-type, content-encoding, traceparent')
    return context.body(null, 204)
  }
}

function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin)
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    LOOPBACK_HOSTS.includes(url.hostname) &&
    url.origin === origin.toLowerCase()
  )
}

/** Wants `Authorization: Bearer <token>`. Digests are compared, in constant time, so that timing tells nothing. */
export function onlyWithToken(token: string): MiddlewareHandler {
  const expected = digest(`Bearer ${token}`)
  return async (context, next) => {
    if (!timingSafeEqual(digest(context.req.header('authorization') ?? ''), expected))
      throw new Problem(
        401,
        'The token is missing or wrong.',
        'Send "Authorization: Bearer <token>" with the token from .evenkeel/collector.json.',
      )
    await next()
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
