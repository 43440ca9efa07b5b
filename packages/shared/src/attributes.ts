/**
 * Every attribute and event name that leaves a browser or enters a store, in one place, because the
 * GenAI conventions are being renamed.
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
export const SEMCONV_VERSION = '1.39.0'

export const RESOURCE = {
  environment: 'deployment.environment.name',
  service: 'service.name',
  build: 'service.version',
} as const

export const RUN = {
  feature: 'evenkeel.feature',
  interaction: 'evenkeel.interaction',
  intent: 'evenkeel.intent',
  path: 'evenkeel.path',
  outcome: 'evenkeel.outcome',
  fallbackCause: 'evenkeel.fallback.cause',
  synthetic: 'evenkeel.synthetic',
  weight: 'evenkeel.sample.weight',
  level: 'evenkeel.level',
  levelBy: 'evenkeel.level.by',
  firstTokenMs: 'evenkeel.first_token_ms',
  completeMs: 'evenkeel.complete_ms',
  budgetFirstTokenMs: 'evenkeel.budget.first_token_ms',
  budgetCompleteMs: 'evenkeel.budget.complete_ms',
  /** The budgets were measured and not enforced. */
  isObserved: 'evenkeel.observed',
  /** What enforcing them would have done first: how the attempt would have ended, when, and the step in its place. */
  observedFailure: 'evenkeel.observed.failure',
  observedAtMs: 'evenkeel.observed.at_ms',
  observedStep: 'evenkeel.observed.step',
  cold: 'evenkeel.cold',
  timeline: 'evenkeel.timeline',
  answerLength: 'evenkeel.answer.length',
  answerAgeMs: 'evenkeel.answer.age_ms',
  turn: 'evenkeel.conversation.turn',
  conversationId: 'gen_ai.conversation.id',
  sessionId: 'session.id',
  tenant: 'evenkeel.tenant',
  user: 'enduser.pseudo.id',
  cohort: 'evenkeel.cohort',
  route: 'url.template',
  connection: 'network.connection.subtype',
  /** How many attempts the run made, so that a reader notices when one is missing. */
  attempts: 'evenkeel.attempts',
  /** The run's total. The `gen_ai` names stand on the attempts alone, or a sum over spans would count twice. */
  inputTokens: 'evenkeel.usage.input_tokens',
  outputTokens: 'evenkeel.usage.output_tokens',
} as const

export const TRIPLE = {
  promptName: 'gen_ai.prompt.name',
  promptVersion: 'gen_ai.prompt.version',
  promptHash: 'evenkeel.prompt.hash',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  context: 'evenkeel.context',
} as const

export const USAGE = {
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
} as const

export const ATTEMPT = {
  /** 0 for the first attempt of the run: spans come in any order. */
  index: 'evenkeel.attempt.index',
  step: 'evenkeel.step',
  tier: 'evenkeel.tier',
  domain: 'evenkeel.domain',
  hedge: 'evenkeel.hedge',
  failure: 'error.type',
  detail: 'error.message',
  status: 'http.response.status_code',
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  /** Seconds from the attempt's start. */
  firstTokenSeconds: 'gen_ai.response.time_to_first_chunk',
  /** Milliseconds from the run's trigger, as the record has it. */
  firstTokenMs: 'evenkeel.attempt.first_token_ms',
  finishReasons: 'gen_ai.response.finish_reasons',
  protocol: 'evenkeel.protocol',
  verified: 'evenkeel.verified',
  unknownEvents: 'evenkeel.unknown_events',
  resumes: 'evenkeel.resumes',
} as const

/** `evenkeel.stage.<name>_ms` */
export const STAGE = { prefix: 'evenkeel.stage.', suffix: '_ms' } as const

export const EVENT = {
  firstToken: 'evenkeel.first_token',
  stall: 'evenkeel.stall',
  level: 'evenkeel.level',
  moment: 'evenkeel.moment',
  hedge: 'evenkeel.hedge',
  flag: 'feature_flag.evaluation',
  signal: 'gen_ai.evaluation.result',
  dropped: 'evenkeel.dropped',
} as const

/** How many records and signals a page has given up so far, by reason; on a log record of its own. */
export const DROPPED = {
  id: 'evenkeel.dropped.id',
  full: 'evenkeel.dropped.full',
  refused: 'evenkeel.dropped.refused',
  expired: 'evenkeel.dropped.expired',
  scope: 'evenkeel.dropped.scope',
  filtered: 'evenkeel.dropped.filtered',
  unjournaled: 'evenkeel.dropped.unjournaled',
} as const

export const MOMENT = {
  name: 'evenkeel.moment.name',
  deck: 'evenkeel.deck',
  silent: 'evenkeel.moment.silent',
} as const

export const STALL = { durationMs: 'evenkeel.stall.duration_ms' } as const

export const FLAG = {
  key: 'feature_flag.key',
  variant: 'feature_flag.result.variant',
  reason: 'feature_flag.result.reason',
} as const

export const SIGNAL = {
  /** `user_feedback` for thumbs, else `user_<kind>`. */
  name: 'gen_ai.evaluation.name',
  value: 'gen_ai.evaluation.score.value',
  label: 'gen_ai.evaluation.score.label',
  /** The comment: content, present only by the app's choice. */
  explanation: 'gen_ai.evaluation.explanation',
  id: 'evenkeel.signal.id',
  kind: 'evenkeel.signal.kind',
  reasons: 'evenkeel.signal.reasons',
  ordinal: 'evenkeel.signal.ordinal',
  afterMs: 'evenkeel.signal.after_ms',
  replacedBy: 'evenkeel.signal.replaced_by',
} as const

/** The instrumentation scope of everything Evenkeel emits. */
export const SCOPE_NAME = '@evenkeel/client'

/** `evenkeel.run <feature>`: the root span of a run. */
export const RUN_SPAN_PREFIX = 'evenkeel.run '

/** `evenkeel.attempt <step>`: the span of an attempt, a child of the run's. */
export const ATTEMPT_SPAN_PREFIX = 'evenkeel.attempt '
