/** A source of random bytes, `crypto.getRandomValues` where nothing else is injected. */
export type RandomBytes = (length: number) => Uint8Array

/** 32 lower-case hex digits, never all zero: a W3C trace id, and a run's id. */
export function newTraceId(randomBytes: RandomBytes): string {
  return newId(randomBytes, 16)
}

/** 16 lower-case hex digits, never all zero: a W3C span id. */
export function newSpanId(randomBytes: RandomBytes): string {
  return newId(randomBytes, 8)
}

function newId(randomBytes: RandomBytes, bytes: number): string {
  const id = Array.from(randomBytes(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  // The specification forbids all zeros; https://www.w3.org/TR/trace-context/#trace-id
  return /^0+$/.test(id) ? `${id.slice(0, -1)}1` : id
}
