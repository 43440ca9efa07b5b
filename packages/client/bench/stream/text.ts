const WORDS =
  'the invoice was charged twice because a second payment ran before first one had settled so we return the money today and you will see it on your account within three working days please tell us if it does not arrive'.split(
    ' ',
  )

/**
 * `count` tokens of plain English, about 4.5 characters each, with a blank line after every
 * `perParagraph` tokens; the same text every time.
 */
export function tokens(count: number, perParagraph: number): string[] {
  let seed = 1
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed
  }
  return Array.from({ length: count }, (_, index) => {
    const word = WORDS[random() % WORDS.length] ?? ''
    const isLast = (index + 1) % perParagraph === 0 && index + 1 < count
    return isLast ? `${word}.\n\n` : `${word} `
  })
}
