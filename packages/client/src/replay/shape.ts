/** Lengths of words, over and over: prose has short and long ones, and breaks its lines where it may. */
const WORDS = [4, 7, 2, 9, 5, 3, 8, 6, 2, 5, 11, 4]
const BLOCK = '▒'
/** Words of a paragraph. */
const PARAGRAPH = 48

/**
 * The first so many characters of a text that nobody can read: blocks as long as words, in paragraphs. A shorter one is
 * always the beginning of a longer one, so that it grows as the answer did.
 */
export function shapeOf(characters: number): string {
  let text = ''
  for (let word = 0; text.length < characters; word += 1) {
    if (word > 0) text += word % PARAGRAPH === 0 ? '\n\n' : ' '
    text += BLOCK.repeat(WORDS[word % WORDS.length] ?? 1)
  }
  return text.slice(0, characters)
}
