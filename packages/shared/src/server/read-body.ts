import { RequestProblem } from './problem.ts'

/**
 * The body as text.
 *
 * @throws RequestProblem 413 once more than `maxBytes` came, without reading the rest; 408 when the
 * signal fires first.
 */
export async function readBody(request: Request, maxBytes: number, signal?: AbortSignal): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  if (request.body === null) return ''
  const reader = request.body.getReader()
  const cancel = () => void reader.cancel().catch(() => {})
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    const decoder = new TextDecoder()
    let text = ''
    let sizeBytes = 0
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      sizeBytes += part.value.byteLength
      if (sizeBytes > maxBytes) {
        cancel()
        throw tooLarge(maxBytes)
      }
      text += decoder.decode(part.value, { stream: true })
    }
    if (signal?.aborted) throw new RequestProblem(408, { title: 'The body did not arrive in time.' })
    return text + decoder.decode()
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

function tooLarge(maxBytes: number): RequestProblem {
  return new RequestProblem(413, { title: `The body is larger than ${maxBytes} bytes.` })
}
