import type { Code, Construct, Extension } from 'micromark-util-types'
import { createNode, type MarkdownNode } from './node.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    bareAddress: 'bareAddress'
  }
}

const START = /^(?:https?:\/\/|www\.)(?=[\p{L}\p{N}])([\p{L}\p{N}_.-]*)/iu

/** What belongs to the sentence and not to the address. */
const TRAIL = /(?:[?!.,:*_~'"\]]|&[a-z\d]+;|;)$/i

/** An address that is longer than this is not one to click on; looking for its end must end too. */
const LONGEST_ADDRESS = 2_048

/** How much of a run without blanks is an address, by GitHub's rules; 0 where it is none. */
export function addressLength(run: string): number {
  const domain = START.exec(run)?.[1]?.split('.').slice(-2)
  if (domain === undefined || domain.join('').includes('_')) return 0
  // The bracket that ends a link's text is not the address's.
  let address = run.split(/\](?=[([])/, 1)[0] ?? ''
  for (;;) {
    const rest = isUnbalanced(address) ? address.slice(0, -1) : address.replace(TRAIL, '')
    if (rest === address) return address.length
    address = rest
  }
}

function isUnbalanced(address: string): boolean {
  return address.endsWith(')') && address.split(')').length > address.split('(').length
}

/** An address in the text that begins with `http://`, `https://` or `www.`: a link, where it does not begin inside of a word. */
const bareAddress: Construct = {
  name: 'bareAddress',
  previous: (code) => code === null || !/[\p{L}\p{N}]/u.test(String.fromCharCode(code)),
  tokenize(effects, ok, nok) {
    let run = ''
    let left = 0
    const peek: Construct = {
      partial: true,
      tokenize(peeking, seen) {
        peeking.enter('data')
        return function more(code) {
          if (code === null || code <= 32 || code === 60 || run.length > LONGEST_ADDRESS) {
            peeking.exit('data')
            return seen(code)
          }
          run += String.fromCharCode(code)
          peeking.consume(code)
          return more
        }
      },
    }
    return effects.check(
      peek,
      (code) => {
        left = addressLength(run)
        if (left === 0) return nok(code)
        effects.enter('bareAddress')
        return take(code)
      },
      nok,
    )
    function take(code: Code) {
      if (left-- === 0) {
        effects.exit('bareAddress')
        return ok(code)
      }
      effects.consume(code)
      return take
    }
  },
}

/** Bare links, as GitHub makes them. */
export const bareAddresses: Extension = {
  text: Object.fromEntries([...'hHwW'].map((letter) => [letter.charCodeAt(0), bareAddress])),
}

const EMAIL = /(?<![\w.+/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[\w-]*[a-z\d](?![\w@-])/gi

/** Makes links of the mail addresses in a paragraph's text. No markup begins inside of one, so they are whole there. */
export function linkMailAddresses(node: MarkdownNode): void {
  node.children = node.children.flatMap((child) => {
    if (child.type === 'link') return [child]
    if (child.type !== 'text') {
      linkMailAddresses(child)
      return [child]
    }
    const { value, end } = child
    const parts: MarkdownNode[] = []
    let from = 0
    for (const { 0: address, index } of value.matchAll(EMAIL)) {
      const start = end - (value.length - index)
      parts.push({ ...child, value: value.slice(from, index), end: start })
      from = index + address.length
      parts.push(bareLink(address, `mailto:${address}`, start, start + address.length))
    }
    return from === 0 ? [child] : [...parts, { ...child, value: value.slice(from) }]
  })
}

export function bareLink(address: string, url: string, start: number, end: number): MarkdownNode {
  const children = [createNode('text', start, end, address)]
  return { ...createNode('link', start, end), children, url, isBare: true }
}
