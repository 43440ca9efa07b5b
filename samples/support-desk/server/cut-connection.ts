/** The connection was cut because the request asked for it. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut'
}

/**
 * Cuts the connection after as many pieces of the body as the request's `x-simulated-cut` says, or else
 * `afterPieces` where that is above 0, as a tunnel or a change of network would; the model behind it is not
 * told. For tests and demonstrations.
 */
export function cutConnection(response: Response, request: Request, afterPieces = 0): Response {
  const wanted = Number(request.headers.get('x-simulated-cut') ?? afterPieces)
  if (!(wanted > 0) || response.body === null) return response
  let pieces = 0
  const cut = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      pieces += 1
      if (pieces <= wanted) controller.enqueue(piece)
      // A body that breaks destroys the socket: the browser sees no end.
      else controller.error(new ConnectionCut(`after ${wanted} pieces`))
    },
  })
  return new Response(response.body.pipeThrough(cut), response)
}
