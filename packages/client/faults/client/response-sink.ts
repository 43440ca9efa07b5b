import type { Sink } from './behaviour.ts'

/** A `Response` written piece by piece, for handlers that give one. */
export function responseSink(write: (sink: Sink) => void): Promise<Response> {
  const encoder = new TextEncoder()
  return new Promise((resolve) => {
    let body: ReadableStreamDefaultController<Uint8Array> | null = null
    const put = (piece: string | Buffer) => {
      try {
        body?.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece)
      } catch {
        // Its reader has left.
      }
    }
    write({
      writeHead(status, headers) {
        const stream = new ReadableStream<Uint8Array>({
          start(controller) {
            body = controller
          },
        })
        resolve(new Response(stream, { status, headers }))
      },
      write: put,
      end(piece) {
        if (piece !== undefined) put(piece)
        try {
          body?.close()
        } catch {
          // As above.
        }
      },
      reset: () => body?.error(new Error('reset')),
    })
  })
}
