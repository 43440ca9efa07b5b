/**
 * The one place where the parser's packages come in. The library is built with them inside of this module,
 * without the parser's constructs for HTML.
 */
export { parse, postprocess } from 'micromark'
export { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
export { gfmTable } from 'micromark-extension-gfm-table'
export { decodeString } from 'micromark-util-decode-string'
export { normalizeIdentifier } from 'micromark-util-normalize-identifier'
