/** How a body becomes the OTLP/JSON shape: one entry a content type, so that another encoding is another entry. */
export type BodyDecoder = (body: Uint8Array, signal: OtlpSignal) => unknown

export type OtlpSignal = 'traces' | 'logs'

export const BODY_DECODERS: Readonly<Record<string, BodyDecoder>> = {
  'application/json': decodeJson,
}

function decodeJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
}

/** The decoder of a `Content-Type` header, its parameters left aside. */
export function decoderOf(contentType: string | undefined): BodyDecoder | undefined {
  const [type = ''] = (contentType ?? '').split(';')
  return BODY_DECODERS[type.trim().toLowerCase()]
}
