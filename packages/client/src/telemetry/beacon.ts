/**
 * Hands a body to the browser, which sends it when this page is gone; false where it will not. A beacon
 * takes cookies wherever it goes, so another origin gets a request without them.
 */
export function browserBeacon(url: string, body: string): boolean {
  const type = 'application/json'
  if (new URL(url, location.href).origin === location.origin)
    return navigator.sendBeacon(url, new Blob([body], { type }))
  const headers = { 'content-type': type }
  fetch(url, { method: 'POST', headers, body, keepalive: true, credentials: 'omit' }).catch(() => {})
  return true
}
