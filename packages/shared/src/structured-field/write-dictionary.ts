/** An RFC 9651 dictionary of texts, flags and whole numbers, such as `prompt="draft-reply", cold=?0`. */
export function writeDictionary(members: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(members)
    .map(([name, value]) => `${name}=${writeItem(value)}`)
    .join(', ')
}

function writeItem(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '?1' : '?0'
  if (typeof value === 'number') return String(value)
  if (/^[ -~]*$/.test(value)) return `"${value.replace(/["\\]/g, '\\$&')}"`
  // Half a surrogate pair has no UTF-8, and `encodeURIComponent` throws on it.
  const text = value.replace(/[\ud800-\udfff]/gu, '\ufffd')
  return `%"${text.replace(/[^ !#$&-~]/gu, (character) => encodeURIComponent(character).toLowerCase())}"`
}
