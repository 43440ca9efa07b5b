import { metadataFromObject } from './evenkeel-header.ts'
import { writeDictionary } from './structured-field/write-dictionary.ts'
import type { ServerMetadata } from './wire.ts'

/**
 * The `evenkeel` response header: an RFC 9651 dictionary such as
 * `prompt="draft-reply", version="3", cold=?0`. Values that are empty, too long or of a wrong type are
 * left out; where nothing is left the text is empty, and no header should be sent.
 */
export function formatMetadata(metadata: ServerMetadata): string {
  return writeDictionary({ ...metadataFromObject(metadata) })
}
