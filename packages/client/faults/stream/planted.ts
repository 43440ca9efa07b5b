/** A defect put into a copy of one source file: what stands there, once, and what takes its place. */
export interface Defect {
  readonly name: string
  /** Relative to `src/stream/`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** The mistakes that readers of streams really make. Each has to be noticed by at least one row of the table. */
export const PLANTED: readonly Defect[] = [
  {
    name: 'a character split between two chunks is lost',
    file: 'body-reader.ts',
    from: 'decoder.decode(bytes, { stream: true })',
    to: 'decoder.decode(bytes)',
  },
  {
    name: 'the first bytes, which told the protocol, are dropped',
    file: 'body-reader.ts',
    from: 'body?.push(start)',
    to: "body?.push('')",
  },
  {
    name: 'the status of the response is not looked at',
    file: 'body-reader.ts',
    from: 'failureOfStatus(head.status)',
    to: 'failureOfStatus(200)',
  },
  {
    name: 'more than one terminal event comes out',
    file: 'terminal-guard.ts',
    from: 'if (settled) return',
    to: '',
  },
  {
    name: 'a cut answer passes for a whole one',
    file: 'message-router.ts',
    from: "emit(failed('truncated', `",
    to: "emit({ type: 'end', reason: 'stop', rawReason: null, verified: true } || failed('truncated', `",
  },
  {
    name: 'an event that is no JSON is skipped',
    file: 'message-router.ts',
    from: "const named = name !== undefined && name !== 'message'",
    to: "const named = true; if (data !== '') return { type: 'ping' }",
  },
  {
    name: 'an unknown event ends the answer',
    file: 'protocols/ai-sdk.ts',
    from: "else emit({ type: 'unknown', name: nameOf(type) })",
    to: "else emit({ type: 'failed', failure: 'protocol', code: null, detail: nameOf(type) })",
  },
  {
    name: 'an unknown event is not counted',
    file: 'protocols/anthropic-decoder.ts',
    from: "emit({ type: 'unknown', name: nameOf(message.type) })",
    to: 'nameOf(message.type)',
  },
  {
    name: 'the bound on an event is gone',
    file: 'sse-body.ts',
    from: 'maxBufferSize: 2 * maxEventLength + 64,',
    to: '',
  },
  {
    name: 'the length of whole events is not looked at',
    file: 'sse-body.ts',
    from: 'Math.max(data.length, event?.length ?? 0, id?.length ?? 0) > maxEventLength',
    to: 'data.length < 0',
  },
  {
    name: 'the last event is lost without its blank line',
    file: 'sse-body.ts',
    from: "parser.feed('\\n\\n')",
    to: "parser.feed('')",
  },
  {
    name: 'half an event at the end of the body counts as malformed',
    file: 'sse-body.ts',
    from: 'if (closing && !isWholeMessage(data)) return',
    to: '',
  },
  {
    name: 'comments are not heard',
    file: 'sse-body.ts',
    from: 'if (comment.length > maxEventLength) failTooLong()',
    to: 'if (comment.length < 0) failTooLong()',
  },
  {
    name: 'a line that is too long is kept',
    file: 'lines-body.ts',
    from: 'if (length <= maxEventLength) return true',
    to: 'if (length >= 0) return true',
  },
  {
    name: 'a page of HTML is shown as the answer',
    file: 'body-kind.ts',
    from: "if (start.startsWith('<')) {",
    to: "if (start.startsWith('\\u0000')) {",
  },
  {
    name: 'plain text calls its end verified',
    file: 'text-body.ts',
    from: 'verified: false',
    to: 'verified: true',
  },
  {
    name: 'ai-sdk: [DONE] alone makes an answer whole',
    file: 'protocols/ai-sdk.ts',
    from: 'function done(): void {',
    to: 'function done(): void {\n    emit(ending ?? endingOf(null))',
  },
  {
    name: 'ai-sdk: what comes after finish is added to the answer',
    file: 'protocols/ai-sdk.ts',
    from: "if (ending !== null && !(typeof type === 'string' && AFTER_FINISH.test(type))) return",
    to: '',
  },
  {
    name: 'ai-sdk: an error of the provider is swallowed',
    file: 'protocols/ai-sdk.ts',
    from: 'emit(providerFailure({ code: message.code }))',
    to: '',
  },
  {
    name: 'ai-sdk: a filtered answer passes for an answer',
    file: 'protocols/ai-sdk.ts',
    from: "if (rawReason === 'content-filter') return refusal('content-filter')",
    to: '',
  },
  {
    name: 'ai-sdk: a block of a later step goes on with an earlier one',
    file: 'protocols/ai-sdk.ts',
    from: 'renamed.set(id,',
    to: 'void (id,',
  },
  {
    name: 'openai-chat: usage after the finish reason is lost',
    file: 'protocols/openai-chat-decoder.ts',
    from: 'readUsage(message.usage ?? asObject(message.x_groq)?.usage)',
    to: 'if (finish === null) readUsage(message.usage ?? asObject(message.x_groq)?.usage)',
  },
  {
    name: 'openai-chat: a refusal is shown as the answer',
    file: 'protocols/openai-chat-decoder.ts',
    from: 'if (asText(delta.refusal) !== null) refused = true',
    to: "if (asText(delta.refusal) !== null) emit({ type: 'text', id: 'text', delta: String(delta.refusal) })",
  },
  {
    name: 'openai-chat: thoughts are mixed into the answer',
    file: 'protocols/openai-chat-decoder.ts',
    from: "emit({ type: 'reasoning', id: 'reasoning', delta: thought })",
    to: "emit({ type: 'text', id: 'text', delta: thought })",
  },
  {
    name: 'openai-chat: every choice is added to the answer',
    file: 'protocols/openai-chat-decoder.ts',
    from: 'if (isObject(choice) && (choice.index ?? 0) === 0) readChoice(choice)',
    to: 'if (isObject(choice)) readChoice(choice)',
  },
  {
    name: 'openai-responses: text that is repeated is shown twice',
    file: 'protocols/openai-responses-items.ts',
    from: " || text === '' || streamed.has(id)) return",
    to: " || text === '') return",
  },
  {
    name: 'openai-responses: an incomplete answer is a whole one',
    file: 'protocols/openai-responses-decoder.ts',
    from: "if (items.refused || reason === 'content_filter') emit(refusal(reason ?? 'refusal'))",
    to: 'if (items.refused) emit(refusal())',
  },
  {
    name: 'openai-responses: the turn ends with the call of a tool',
    file: 'protocols/openai-responses-decoder.ts',
    from: 'else if (items.waitsForTools) waitingForTools = true',
    to: '',
  },
  {
    name: 'anthropic: the reason alone ends the answer',
    file: 'protocols/anthropic-decoder.ts',
    from: "if (stopped || stopReason === 'refusal') emit(ending(stopReason))",
    to: 'if (stopped || stopReason !== null) emit(ending(stopReason))',
  },
  {
    name: 'anthropic: a refusal is an answer',
    file: 'protocols/anthropic-decoder.ts',
    from: "if (stopReason === 'refusal') return refusal('refusal')",
    to: '',
  },
  {
    name: 'anthropic: the code of an error is lost',
    file: 'protocols/anthropic-decoder.ts',
    from: 'emit(providerFailure(message.error))',
    to: 'emit(providerFailure(null))',
  },
  {
    name: 'anthropic: cached tokens are not counted',
    file: 'protocols/anthropic-decoder.ts',
    from: 'sum + (count ?? 0), 0)',
    to: 'sum, counts[0] ?? 0)',
  },
  {
    name: 'ag-ui: the first finished run ends the body',
    file: 'protocols/ag-ui-decoder.ts',
    from: 'ending = endingOf(message, messages)',
    to: 'ending = endingOf(message, messages); emit(ending)',
  },
  {
    name: "ag-ui: the user's own words are part of the answer",
    file: 'protocols/ag-ui-messages.ts',
    from: "delta === '' || notAnswers.has(id)) return",
    to: "delta === '') return",
  },
  {
    name: 'ndjson: done is ignored',
    file: 'protocols/ndjson-decoder.ts',
    from: 'if (done === true) emit(ending(asText(message.reason)))\n    else if',
    to: 'if',
  },
]
