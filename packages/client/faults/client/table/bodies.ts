import type { Failure } from '@evenkeel/shared'
import {
  type Behaviour,
  contentFilter,
  emptyAnswer,
  emptyBody,
  html,
  hugeEvent,
  invalidJson,
  malformedEvents,
  picture,
  providerError,
  providerErrorMidStream,
  refusal,
} from '../behaviour.ts'
import {
  incomplete,
  omitted,
  replacedByFast,
  replacedByTemplate,
  rescued,
  templated,
  templatedAtOnce,
} from '../expected.ts'
import type { Fault } from '../fault.ts'

/** A body with nothing in it to show. */
const unreadable = (name: string, behaviour: Behaviour, failure: Failure): Fault => ({
  name,
  behaves: () => [behaviour],
  expect: (scope) =>
    scope === 'primary'
      ? rescued(failure)
      : scope === 'all'
        ? templated(failure)
        : // What the table tells of a cut answer where nothing of it was seen is that it broke off.
          omitted(failure === 'truncated' ? 'incomplete' : 'retry', failure),
})

/** A body that goes wrong after the user has begun to read. */
const broken = (name: string, behaviour: (text: string) => Behaviour, failure: Failure): Fault => ({
  name,
  behaves: (text) => [behaviour(text)],
  expect: (scope) =>
    scope === 'primary'
      ? replacedByFast(failure)
      : scope === 'all'
        ? replacedByTemplate(failure)
        : incomplete(failure),
})

/** Answers that are none, though the server said 200. */
export const bodyFaults: readonly Fault[] = [
  unreadable('HTML with 200', html, 'protocol'),
  unreadable('empty 200', emptyBody, 'truncated'),
  unreadable('wrong content type', picture, 'protocol'),
  unreadable('malformed SSE', malformedEvents, 'protocol'),
  broken('invalid JSON', invalidJson, 'protocol'),
  unreadable('provider error event', providerError, 'provider'),
  broken('provider error event mid-stream', providerErrorMidStream, 'provider'),
  // The model itself declined: nobody asks another one to say what this one would not.
  {
    name: 'refusal',
    behaves: () => [refusal],
    expect: (scope) => (scope === 'bare' ? omitted('refused', 'refusal', null) : templatedAtOnce('refusal')),
  },
  {
    name: 'content filter',
    behaves: (text) => [contentFilter(text)],
    expect: (scope) =>
      scope === 'bare' ? incomplete('refusal', null) : { ...templatedAtOnce('refusal'), moment: 'replaced' },
  },
  unreadable('empty answer', emptyAnswer, 'empty'),
  unreadable('10 MB event', hugeEvent, 'protocol'),
]
