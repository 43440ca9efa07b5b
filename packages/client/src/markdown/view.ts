/** What shall stand on the page, as plain data: text that is text and never markup, and elements that we name. */
export type View = ViewText | ViewElement

export interface ViewText {
  readonly text: string
  /** How many characters of the text node stand already and are not repeated in `text`. */
  readonly keep?: number
}

export interface ViewElement {
  readonly tag: Tag
  readonly attributes: Attributes
  readonly children: readonly View[]
  /** How many children stand already and are not repeated in `children`. */
  readonly keep?: number
  /** What a press does; the same function for every element of its kind, so that it need not be compared. */
  readonly press?: (element: HTMLElement) => void
}

export type Attributes = Readonly<Record<string, string>>

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

const NONE: Attributes = {}

export function element(
  tag: Tag,
  attributes: Attributes = NONE,
  children: readonly View[] = [],
  rest: Pick<ViewElement, 'keep' | 'press'> = {},
): ViewElement {
  return { tag, attributes, children, ...rest }
}

/** The views with texts that touch made one, as the page holds them. */
export function joinTexts(views: readonly View[]): View[] {
  const joined: View[] = []
  for (const view of views) {
    const last = joined.at(-1)
    if (!isText(view)) joined.push(view)
    else if (last !== undefined && isText(last)) joined[joined.length - 1] = { text: last.text + view.text }
    else if (view.text !== '') joined.push(view)
  }
  return joined
}

export function isText(view: View): view is ViewText {
  return 'text' in view
}
