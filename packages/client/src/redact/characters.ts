const isBetween = (code: number, first: number, last: number) => code >= first && code <= last

export const isDigit = (code: number): boolean => isBetween(code, 48, 57)
export const isLetter = (code: number): boolean => isBetween(code | 32, 97, 122)
export const isAlphanumeric = (code: number): boolean => isDigit(code) || isLetter(code)
export const isHex = (code: number): boolean => isDigit(code) || isBetween(code | 32, 97, 102)

/** A set of ASCII characters to ask by code. */
export function charactersOf(characters: string): (code: number) => boolean {
  const has = new Uint8Array(128)
  for (let at = 0; at < characters.length; at += 1) has[characters.charCodeAt(at)] = 1
  return (code) => has[code] === 1
}
