/**
 * Whether a request comes from a page of this very server, or from no page at all. No page can forge
 * `Sec-Fetch-Site`; where a browser does not send it (plain HTTP), `Origin` must name our host. The
 * scheme is not compared, because TLS often ends before this server.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  if (origin === null) return true
  const host = request.headers.get('host') ?? new URL(request.url).host
  try {
    return new URL(origin).host === host.toLowerCase()
  } catch {
    return false
  }
}
