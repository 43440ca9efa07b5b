import { feedbackCss } from './feedback-stylesheet.ts'
import { baseCss } from './stylesheet.ts'

/**
 * How the components look where the product says nothing. Every rule is as weak as a single element
 * selector, so that any class of the product's own is stronger; colours are the text's own, with
 * `--evenkeel-accent` for what is pressed and `--evenkeel-radius` for corners.
 *
 * A page that is rendered on a server may put it into its own stylesheet, so that it holds from the first paint.
 */
export const evenkeelCss: string = baseCss + feedbackCss
