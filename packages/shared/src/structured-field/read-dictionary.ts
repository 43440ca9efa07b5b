/** A member's value as far as anyone here reads it; `null` for bytes, dates and inner lists. */
export type Item = string | number | boolean | null

// The grammar of RFC 9651, section 3, as expressions. No alternative begins like another and none can be
// cut in two ways, so a header costs time in proportion to its length, whatever is in it.
const KEY = '[a-z*][a-z0-9_.*-]*'
const TEXT = '"(?:[ !#-[\\]-~]|\\\\["\\\\])*"'
const DISPLAY_TEXT = '%"(?:[ !#$&-~]|%[0-9a-f]{2})*"'
const TOKEN = "[a-zA-Z*][\\w:/!#$%&'*+.^`|~-]*"
const NUMBER = '-?(?:\\d{1,12}\\.\\d{1,3}|\\d{1,15})'
const ITEM = `(?:${TEXT}|${DISPLAY_TEXT}|${TOKEN}|${NUMBER}|\\?[01]|@-?\\d{1,15}|:[a-zA-Z0-9+/=]*:)`
const PARAMETERS = `(?:; *${KEY}(?:=${ITEM})?)*`
const LIST = `\\( *(?:${ITEM}${PARAMETERS}(?: +|(?=\\))))*\\)`
const MEMBER = `(${KEY})(?:=(${ITEM}|${LIST}))?${PARAMETERS}[ \\t]*(?:,[ \\t]*(?!$)|$)`

/**
 * Reads an RFC 9651 dictionary, its parameters dropped; tokens and display strings are texts like any
 * other. `null` where it is malformed, as the specification wants: then nothing of it counts. Only what
 * is dropped is not decoded, so bytes or UTF-8 that are wrong in there pass unseen.
 *
 * It is written here because every browser carries it: a library for the whole specification weighs
 * eight times as much. The tests hold it against one.
 */
export function readDictionary(header: string): ReadonlyMap<string, Item> | null {
  const members = new Map<string, Item>()
  const member = new RegExp(MEMBER, 'y')
  const text = header.replace(/^ +/, '')
  while (member.lastIndex < text.length) {
    const [, key, item = '?1'] = member.exec(text) ?? []
    if (key === undefined) return null
    try {
      members.set(key, readItem(item))
    } catch {
      // A display string that is no UTF-8.
      return null
    }
  }
  return members
}

function readItem(item: string): Item {
  if (/^["%]/.test(item)) {
    const text = item.slice(item.indexOf('"') + 1, -1)
    return item.startsWith('%') ? decodeURIComponent(text) : text.replace(/\\(.)/g, '$1')
  }
  if (item.startsWith('?')) return item === '?1'
  if (/^[-\d]/.test(item)) return Number(item)
  return /^[a-z*]/i.test(item) ? item : null
}
