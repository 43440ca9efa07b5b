// A word with the space before it is the usual token; long words come in pieces, as they do from a real tokenizer.
const TOKEN = /\s*[\p{L}\p{N}’']{1,8}|\s*[^\s\p{L}\p{N}]|\s+/gu

/** Cuts a text into pieces of about a token each; joined again they are the text. */
export function tokenize(text: string): string[] {
  return text.match(TOKEN) ?? []
}
