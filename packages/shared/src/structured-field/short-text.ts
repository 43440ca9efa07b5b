/** Names, versions and URLs are short; a longer text is not one of them. */
const MAX_LENGTH = 2_048

/** Whether this may be a name, a version or a URL in a header: a text that says something and is not too long. */
export function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH
}
