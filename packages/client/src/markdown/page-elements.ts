/** By name; one that is undefined is not there. */
export type Attributes = Readonly<Record<string, string | undefined>>

/** Every element that markdown can make. None of them runs, loads or submits anything by itself. */
export type Tag =
  | 'a'
  | 'blockquote'
  | 'br'
  | 'button'
  | 'code'
  | 'del'
  | 'div'
  | 'em'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'hr'
  | 'img'
  | 'input'
  | 'li'
  | 'ol'
  | 'p'
  | 'pre'
  | 'span'
  | 'strong'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'tr'
  | 'ul'

/** Text that is text and never markup, or an element. */
export type Content = string | HTMLElement

/** Makes an element; texts that touch become one text node. */
export type Make = (tag: Tag, attributes?: Attributes, children?: readonly Content[]) => HTMLElement

export function createMake(page: Document): Make {
  return (tag, attributes = {}, children = []) => {
    const element = page.createElement(tag)
    let text = ''
    for (const child of children) {
      if (typeof child === 'string') text += child
      else {
        if (text !== '') element.append(text)
        element.append(child)
        text = ''
      }
    }
    if (text !== '') element.append(text)
    // Last: with `dir="auto"` a browser looks for the direction anew at every child.
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(name, value)
    }
    return element
  }
}
