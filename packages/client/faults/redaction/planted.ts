import type { Defect } from '../plant.ts'

/** Redactors that let something through, or take their time. */
export const PLANTED_REDACTORS: readonly Defect[] = [
  {
    name: 'no addresses of e-mail',
    file: 'redact/create-redactor.ts',
    from: '  findEmails,\n  findAddresses',
    to: '  findAddresses',
  },
  {
    name: 'every card number passes as no card',
    file: 'redact/find-numbers.ts',
    from: 'if (count >= 13 && sum % 10 === 0)',
    to: 'if (count >= 13 && sum % 10 === 11)',
  },
  {
    name: 'any number with thirteen digits in a row of words is a card',
    file: 'redact/find-numbers.ts',
    from: 'if (count >= 13 && sum % 10 === 0)',
    to: 'if (count >= 7)',
  },
  {
    name: 'full-width digits are not read',
    file: 'redact/fold.ts',
    from: 'if (!UNUSUAL.test(original))',
    to: 'if (original !== null)',
  },
  {
    name: 'the remainder of an IBAN is not what it should be',
    file: 'redact/find-ibans.ts',
    from: '% 97 === 1)',
    to: '% 97 === 2)',
  },
  {
    name: 'a search that goes back to the beginning each time',
    file: 'redact/find-emails.ts',
    from: '    let start = at\n',
    to: "    let start = text.lastIndexOf('\\u0000', at) === 0 ? 0 : at\n",
  },
]

/** Ways in which a page gives away what its user wrote or read. */
export const PLANTED_PAGES: readonly Defect[] = [
  {
    name: 'comments are kept though nobody chose that',
    file: 'run/engine.ts',
    from: "content === 'redacted' ? redact(text) : null",
    to: "content === 'redacted' ? redact(text) : text",
  },
  {
    name: 'comments that should be redacted are kept whole',
    file: 'run/engine.ts',
    from: "content === 'redacted' ? redact(text) : null",
    to: "content === 'redacted' ? text : null",
  },
  {
    name: 'what a provider says is taken for its code',
    file: 'stream/provider-failure.ts',
    from: "return typeof text === 'string' && CODE.test(text) ? text : null",
    to: "return typeof text === 'string' ? text : null",
  },
  {
    name: 'keys that the model made are told of a schema that was violated',
    file: 'run/check-output.ts',
    from: 'names.has(part) ? part : ANY',
    to: 'part',
  },
  {
    name: 'an edit brings the text along',
    file: 'feedback/track-edits.ts',
    from: '{ value: editDistance(answer, text) }',
    to: '{ value: editDistance(answer, text), reasons: [text] }',
  },
  {
    name: 'the timeline is the text',
    file: 'run/execution.ts',
    from: 'timeline: answer.arrivals.encode()',
    to: 'timeline: answer.text.read()',
  },
  {
    name: 'the route is the address',
    file: 'run/engine.ts',
    from: "typeof route === 'function' ? route() : route",
    to: 'location.href',
  },
  {
    name: 'the key that tells requests apart is made of the input',
    file: 'run/request.ts',
    from: 'round === undefined ? runId :',
    to: 'round === undefined ? runId + location.hash :',
  },
  {
    name: 'our headers go everywhere',
    file: 'run/propagation.ts',
    from: "target.protocol === 'relative:' ||",
    to: 'true ||',
  },
]
