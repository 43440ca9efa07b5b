import type { Body, BodyOpener } from './body.ts'
import { bodyKind, type NotAStream } from './body-kind.ts'
import type { Emit } from './event.ts'
import { createFindingRouter, type FindingRouter } from './finding-router.ts'
import { createJsonBody } from './json-body.ts'
import { createLinesBody } from './lines-body.ts'
import type { OtherParts } from './other-parts.ts'
import { protocolsAround } from './protocols-around.ts'
import { failed } from './provider-failure.ts'
import type { ResponseHead } from './reader.ts'
import { createTextBody } from './text-body.ts'

const NOT_A_STREAM: Readonly<Record<Exclude<NotAStream, 'html'>, string>> = {
  file: 'The body is a file, not a stream.',
  'ai-sdk-4': "The body is the AI SDK's former data stream. Answer with a UI message stream (ai 5 or later).",
}

/** A body of any kind, in any protocol; `named` is the protocol that its step names. */
export function createAnyBody(
  parts: OtherParts,
  { headers }: ResponseHead,
  named: string | undefined,
  maxEventLength: number,
  emit: Emit,
  guarded: (work: () => void) => void,
): BodyOpener {
  const protocols = protocolsAround(parts.aiSdk)
  const told =
    // Lines of any protocol are NDJSON, so that name tells how to cut the body, not how to read it.
    protocols.find(({ name }) => name === named && name !== 'ndjson') ??
    protocols.find(({ recognisesHeaders }) => recognisesHeaders(headers)) ??
    null
  let isText = false
  let router: FindingRouter | null = null

  return {
    get protocol() {
      return isText ? 'text' : (router?.protocol ?? told?.name ?? null)
    },
    open(start, ended): Body | null {
      const kind = bodyKind({ named, headers }, start, ended)
      isText = kind === 'text'
      switch (kind) {
        case null:
          return null
        case 'text':
          return createTextBody(emit)
        case 'json':
          return createJsonBody(emit, maxEventLength)
        case 'html':
        case 'file':
        case 'ai-sdk-4':
          emit(failed('protocol', kind === 'html' ? parts.htmlPage : NOT_A_STREAM[kind]))
          return null
        default:
          router = createFindingRouter(parts, told, emit, guarded, protocols)
          return kind === 'lines'
            ? createLinesBody(router, maxEventLength)
            : parts.createSseBody(router, maxEventLength)
      }
    },
  }
}
