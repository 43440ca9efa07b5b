import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Problem } from './problem.ts'

/** The largest body, before and after it is inflated. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024

/**
 * So much of a body that is too large is read and thrown away: a sender whose connection is cut while it
 * still writes never gets to read why.
 */
const MAX_DRAINED_BYTES = 16 * MAX_BODY_BYTES

const inflate = promisify(gunzip)

/** The whole body of a request, inflated where it says gzip. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Problem(415, `The content encoding "${encoding}" is not known.`, 'Send gzip, or none.')
  const body = await readBounded(request)
  if (encoding === 'identity') return body
  try {
    return await inflate(body, { maxOutputLength: MAX_BODY_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new Problem(400, 'The body says gzip but is not.', 'Compress it, or leave the header out.')
  }
}

async function readBounded(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_DRAINED_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_DRAINED_BYTES) break
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  if (size > MAX_BODY_BYTES) throw tooLarge()
  return Buffer.concat(chunks)
}

function tooLarge(): Problem {
  return new Problem(
    413,
    `The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB.`,
    'Send smaller batches.',
  )
}
