import type { Emit } from '../event.ts'
import { asArray, asObject, asText, type JsonObject } from '../json-value.ts'

/** What an answer rests on and the pictures it holds, which providers add to the chat format each in their own way. */
export interface ChatSources {
  readChunk(chunk: JsonObject): void
  readDelta(delta: JsonObject): void
}

export function createChatSources(emit: Emit): ChatSources {
  // Perplexity repeats the whole list in every chunk.
  const told = new Set<string>()

  function source(url: string | null, title: string | null): void {
    if (url === null || told.has(url)) return
    told.add(url)
    emit({ type: 'source', id: url, url, title, mediaType: null })
  }

  return {
    readChunk(chunk) {
      if (chunk.search_results !== undefined) {
        for (const result of asArray(chunk.search_results)) {
          source(asText(asObject(result)?.url), asText(asObject(result)?.title))
        }
      }
      if (chunk.citations !== undefined) for (const url of asArray(chunk.citations)) source(asText(url), null)
    },
    readDelta(delta) {
      if (delta.annotations !== undefined) {
        for (const annotation of asArray(delta.annotations)) {
          const citation = asObject(asObject(annotation)?.url_citation) ?? asObject(annotation)
          source(asText(citation?.url), asText(citation?.title))
        }
      }
      if (delta.images !== undefined) {
        for (const image of asArray(delta.images)) {
          const url = asText(asObject(asObject(image)?.image_url)?.url)
          if (url !== null) emit({ type: 'file', url, mediaType: mediaTypeOf(url) })
        }
      }
    },
  }
}

function mediaTypeOf(url: string): string {
  return /^data:([\w.+-]+\/[\w.+-]+)/.exec(url)?.[1] ?? 'image/*'
}
