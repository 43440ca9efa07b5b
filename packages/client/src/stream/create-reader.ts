import { createBodyReader } from './body-reader.ts'
import * as others from './other-bodies.ts'
import type { CreateReader } from './reader.ts'

/**
 * Reads one response, whatever protocol it speaks. The protocol is the one that the step names, else the
 * one that the headers tell, else the one whose events arrive.
 *
 * What a body without an answer counts as:
 *
 * | body | failure |
 * |---|---|
 * | empty, served as events or lines | `truncated`: the protocol's own end is missing |
 * | empty, served as text, JSON or nothing | `empty` |
 * | HTML, under whatever type | `protocol` |
 * | one JSON document | `provider` where it holds an `error`, else `protocol` |
 * | prose, served as events | `protocol` |
 * | events of which none is known | `protocol`, after each was counted as unknown |
 * | a known protocol without its own end | `truncated` |
 * | an end without anything visible | an `end`; what counts as visible, the feature says |
 *
 * @example
 * const reader = createReader(response, (event) => { … })
 * for await (const bytes of response.body) reader.push(bytes)
 * reader.close()
 */
export const createReader: CreateReader = (head, emit, options = {}) =>
  createBodyReader(head, emit, options, others)
