/** One thing that can go wrong between a product and a model. */
export interface FaultKind {
  readonly id: string
  readonly name: string
  /** What happens, for whoever tries it out. */
  readonly what: string
}

const USUAL = [
  { id: 'calm', name: 'Calm', what: 'The model answers at its usual pace.' },
  { id: 'slow', name: 'Slow', what: 'The first words come late, and the rest slowly.' },
  { id: 'cut-off', name: 'Cut off', what: 'The answer breaks off in the middle.' },
  { id: 'down', name: 'Down', what: 'The server answers 503.' },
] as const satisfies readonly FaultKind[]

const PACE = [
  { id: 'slow-headers', name: 'Slow headers', what: 'Nothing comes for two seconds, not even a status.' },
  { id: 'stall', name: 'Stall', what: 'The stream falls silent in the middle and stays open.' },
  { id: 'pings', name: 'Pings only', what: 'The connection is kept alive, and no word comes.' },
] as const satisfies readonly FaultKind[]

const CONNECTION = [
  { id: 'reset-early', name: 'Reset at once', what: 'The connection is cut before any answer.' },
  {
    id: 'reset',
    name: 'Reset in the middle',
    what: 'The connection is cut; a draft is picked up where it was.',
  },
] as const satisfies readonly FaultKind[]

const STATUS = [
  { id: 'status-400', name: '400', what: 'The request is refused as wrong.' },
  { id: 'status-401', name: '401', what: 'The session has expired.' },
  { id: 'status-404', name: '404', what: 'The route is gone.' },
  { id: 'status-429', name: '429', what: 'Too many requests, and no word on how long.' },
  { id: 'retry-after', name: '429, later', what: 'Too many requests; the server asks for ten seconds.' },
  { id: 'status-500', name: '500', what: 'The server fails.' },
  { id: 'status-529', name: '529', what: 'The provider is overloaded.' },
] as const satisfies readonly FaultKind[]

const BODY = [
  { id: 'html', name: 'HTML page', what: 'A proxy answers with a sign-in page and status 200.' },
  { id: 'empty-body', name: 'Empty body', what: 'Status 200, and nothing in it.' },
  { id: 'wrong-type', name: 'Wrong type', what: 'The stream comes as an image.' },
  {
    id: 'malformed',
    name: 'Malformed events',
    what: 'The frames of the stream are broken from the middle on.',
  },
  { id: 'not-json', name: 'Invalid JSON', what: 'An event holds half a JSON object.' },
  { id: 'oversized', name: 'Oversized event', what: 'One event has ten megabytes.' },
] as const satisfies readonly FaultKind[]

const MODEL = [
  { id: 'provider-error', name: 'Provider error', what: 'The provider reports an error inside the stream.' },
  { id: 'refusal', name: 'Refusal', what: 'The model declines before the first word.' },
  { id: 'content-filter', name: 'Content filter', what: 'A filter stops the answer in the middle.' },
  { id: 'empty-answer', name: 'Empty answer', what: 'The model ends without a word.' },
  {
    id: 'schema-once',
    name: 'Wrong form, once',
    what: 'The object breaks its schema, and not when asked again.',
  },
  { id: 'schema-always', name: 'Wrong form, always', what: 'The object breaks its schema each time.' },
] as const satisfies readonly FaultKind[]

/** All that the demonstration can do to an answer, in the order in which it is shown. */
export const FAULT_GROUPS = [
  { name: 'Usual', faults: USUAL },
  { name: 'Pace', faults: PACE },
  { name: 'Connection', faults: CONNECTION },
  { name: 'Status', faults: STATUS },
  { name: 'Body', faults: BODY },
  { name: 'Model', faults: MODEL },
] as const satisfies readonly { readonly name: string; readonly faults: readonly FaultKind[] }[]

export type Weather = (typeof FAULT_GROUPS)[number]['faults'][number]['id']

export const FAULTS: readonly (FaultKind & { readonly id: Weather })[] = FAULT_GROUPS.flatMap(
  ({ faults }): readonly (FaultKind & { readonly id: Weather })[] => faults,
)

/** Whose weather it is: that of the first model a feature asks, or of all of them. */
export type Tiers = 'all' | 'primary'

/** What is in force on the server. */
export interface Conditions {
  readonly weather: Weather
  readonly tiers: Tiers
}
