import { INTERACTIONS } from './interaction.ts'
import { STEP_KINDS } from './ladder.ts'

/** One thing that is wrong with a feature's definition: which field, and what to do. */
export interface FeatureProblem {
  /** A path such as `ladder[1].url`. */
  readonly field: string
  /** What is wrong and the fix, in one sentence. */
  readonly message: string
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const BUDGET_FIGURES = ['firstTokenMs', 'completeMs', 'stallMs', 'giveUpMs', 'hedgeAfterMs']
const WITHOUT_BUDGET = new Set(['firstTokenMs'])
/**
 * Keys and prompts stay on the server, so a browser never asks these itself. Of the clouds only the
 * model services are named: a product's own API may well live on `amazonaws.com`.
 */
const PROVIDER_HOSTS =
  /(^|\.)(openai\.com|openai\.azure\.com|services\.ai\.azure\.com|anthropic\.com|generativelanguage\.googleapis\.com|mistral\.ai|cohere\.(ai|com)|groq\.com|together\.(ai|xyz)|openrouter\.ai|deepseek\.com|x\.ai|perplexity\.ai|fireworks\.ai|replicate\.com|huggingface\.co)$|(^|[.-])aiplatform\.googleapis\.com$|^bedrock[a-z-]*\.[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/
/** The authority of an absolute or protocol-relative URL. */
const HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#@]*@)?([^/?#:]+)/i

/**
 * Everything wrong with a definition, in the order of its fields; an empty list where it is right.
 * It takes `unknown`, because a definition may come from untyped code.
 */
export function checkFeature(spec: unknown): FeatureProblem[] {
  if (!isRecord(spec)) {
    return [{ field: 'feature', message: `must be an object, not ${describe(spec)}.` }]
  }
  return [
    ...checkId(spec.id, 'id'),
    ...checkFormerly(spec.formerly),
    ...checkInteraction(spec.interaction),
    ...checkLadder(spec.ladder),
    ...checkBudget(spec.budget, 'budget'),
    ...checkLevels(spec.levels),
    ...checkChoices(spec),
  ]
}

/** What {@link defineFeature} says of a wrong definition: each field and the fix; `null` of a right one. */
export function complaintOf(spec: unknown): string | null {
  const problems = checkFeature(spec)
  if (problems.length === 0) return null
  const named = isRecord(spec) && typeof spec.id === 'string' ? ` '${spec.id}'` : ''
  const list = problems.map(({ field, message }) => `  ${field} ${message}`).join('\n')
  return `defineFeature${named}: the definition is wrong.\n${list}`
}

function checkId(id: unknown, field: string): FeatureProblem[] {
  if (typeof id === 'string' && ID.test(id)) return []
  return [
    {
      field,
      message: `must be lower-case words joined by hyphens, such as 'draft-reply', not ${describe(id)}.`,
    },
  ]
}

function checkFormerly(formerly: unknown): FeatureProblem[] {
  if (formerly === undefined) return []
  if (!Array.isArray(formerly)) return [{ field: 'formerly', message: 'must be a list of former ids.' }]
  return formerly.flatMap((id, index) => checkId(id, `formerly[${index}]`))
}

function checkInteraction(interaction: unknown): FeatureProblem[] {
  if ((INTERACTIONS as readonly unknown[]).includes(interaction)) return []
  return [{ field: 'interaction', message: `must be ${oneOf(INTERACTIONS)}, not ${describe(interaction)}.` }]
}

function checkLadder(ladder: unknown): FeatureProblem[] {
  if (!Array.isArray(ladder) || ladder.length === 0) {
    return [
      {
        field: 'ladder',
        message: "must be a list of steps that ends in { step: 'template', … } or { step: 'omit' }.",
      },
    ]
  }
  const problems = ladder.flatMap((step, index) => checkStep(step, `ladder[${index}]`))
  if (problems.length > 0) return problems
  const early = ladder.findIndex((step, index) => step.step === 'omit' && index < ladder.length - 1)
  if (early >= 0) {
    return [
      {
        field: `ladder[${early + 1}]`,
        message: `can never be reached: the ladder ends at ladder[${early}], { step: 'omit' }. Move that step last.`,
      },
    ]
  }
  const last = ladder.at(-1)
  if (last.step === 'template' || last.step === 'omit') return []
  return [
    {
      field: 'ladder',
      message: `has no end: its last step is '${last.step}', which can fail. Add { step: 'template', render } or { step: 'omit' } last.`,
    },
  ]
}

function checkStep(step: unknown, field: string): FeatureProblem[] {
  if (!isRecord(step))
    return [{ field, message: `must be a step such as { step: 'omit' }, not ${describe(step)}.` }]
  switch (step.step) {
    case 'model':
      return checkModelStep(step, field)
    case 'cache':
      return isPositive(step.maxAgeMs)
        ? []
        : [
            {
              field: `${field}.maxAgeMs`,
              message: `must be a positive number of milliseconds, not ${describe(step.maxAgeMs)}.`,
            },
          ]
    case 'template':
      return typeof step.render === 'function'
        ? []
        : [{ field: `${field}.render`, message: 'must be a function from the input to the words shown.' }]
    case 'omit':
      return []
    default:
      return [
        { field: `${field}.step`, message: `must be ${oneOf(STEP_KINDS)}, not ${describe(step.step)}.` },
      ]
  }
}

function checkModelStep(step: Record<string, unknown>, field: string): FeatureProblem[] {
  const url = step.url
  if (typeof url !== 'string' || url === '') {
    return [
      {
        field: `${field}.url`,
        message: `must be the URL of your own endpoint, such as '/api/ai/draft-reply', not ${describe(url)}.`,
      },
    ]
  }
  const host = (HOST.exec(url.trim())?.[1] ?? '').toLowerCase().replace(/\.$/, '')
  if (PROVIDER_HOSTS.test(host)) {
    return [
      {
        field: `${field}.url`,
        message: `is a model provider (${host}). Keys and prompts stay on the server: call your own endpoint, which calls the provider.`,
      },
    ]
  }
  const tier = step.tier
  if (tier === undefined || (typeof tier === 'string' && tier !== '')) return []
  return [{ field: `${field}.tier`, message: `must be a name such as 'fast', not ${describe(tier)}.` }]
}

function checkBudget(budget: unknown, field: string): FeatureProblem[] {
  if (budget === undefined) return []
  if (!isRecord(budget))
    return [{ field, message: 'must be an object of milliseconds, such as { firstTokenMs: 500 }.' }]
  const figures = BUDGET_FIGURES.flatMap((name) => {
    const figure = budget[name]
    if (figure === undefined || isPositive(figure) || (figure === null && WITHOUT_BUDGET.has(name))) return []
    return [
      {
        field: `${field}.${name}`,
        message: `must be a positive number of milliseconds, not ${describe(figure)}.`,
      },
    ]
  })
  const narrower = ['byIntent', 'byPath', 'byLevel'].flatMap((name) => {
    const table = budget[name]
    if (table === undefined) return []
    if (!isRecord(table)) return [{ field: `${field}.${name}`, message: 'must be an object of budgets.' }]
    return Object.entries(table).flatMap(([key, own]) => checkBudget(own, `${field}.${name}.${key}`))
  })
  return [...figures, ...narrower]
}

function checkLevels(levels: unknown): FeatureProblem[] {
  if (levels === undefined) return []
  if (!Array.isArray(levels) || levels.length === 0) {
    return [
      {
        field: 'levels',
        message: 'must be a list of levels, highest first; leave it out for the default five.',
      },
    ]
  }
  return levels.flatMap((entry: unknown, index) => {
    const field = `levels[${index}]`
    const level = isRecord(entry) ? entry.level : undefined
    if (!isRecord(entry) || typeof level !== 'number' || ![1, 2, 3, 4, 5].includes(level)) {
      return [
        { field: `${field}.level`, message: `must be a whole number from 1 to 5, not ${describe(level)}.` },
      ]
    }
    if (!isStart(entry.startAt)) {
      return [
        {
          field: `${field}.startAt`,
          message: `must be ${oneOf(STEP_KINDS)}, or { step: 'model', tier }, not ${describe(entry.startAt)}.`,
        },
      ]
    }
    const before: unknown = levels[index - 1]
    if (isRecord(before) && typeof before.level === 'number' && before.level <= level) {
      return [
        {
          field: `${field}.level`,
          message: `must be lower than the level before it (${before.level}): list levels highest first.`,
        },
      ]
    }
    return []
  })
}

function isStart(startAt: unknown): boolean {
  if (isRecord(startAt)) return startAt.step === 'model' && typeof startAt.tier === 'string'
  return (STEP_KINDS as readonly unknown[]).includes(startAt)
}

function checkChoices(spec: Record<string, unknown>): FeatureProblem[] {
  const choices: readonly [string, readonly string[]][] = [
    ['onUnmount', ['abort', 'detach']],
    ['whenKilled', ['stop', 'finish']],
    ['mode', ['enforce', 'observe']],
  ]
  const problems = choices.flatMap(([field, allowed]) => {
    const value = spec[field]
    if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return []
    return [{ field, message: `must be ${oneOf(allowed)}, not ${describe(value)}.` }]
  })
  const hedged = Array.isArray(spec.ladder) ? spec.ladder.findIndex((step) => step?.hedge === true) : -1
  if (hedged >= 0 && spec.idempotent !== true) {
    problems.push({
      field: `ladder[${hedged}].hedge`,
      message:
        'asks twice for one answer: add idempotent: true to the feature where that does no harm, or take hedge out.',
    })
  }
  const { tools } = spec
  if (tools !== undefined && !(isRecord(tools) && Object.values(tools).every(isFunction))) {
    problems.push({ field: 'tools', message: 'must be functions by the names that the model calls.' })
  }
  const { cacheKey, hedgeShare } = spec
  if (cacheKey !== undefined && !isFunction(cacheKey)) {
    problems.push({ field: 'cacheKey', message: 'must be a function from the input to a text.' })
  }
  if (hedgeShare !== undefined && !(typeof hedgeShare === 'number' && hedgeShare >= 0 && hedgeShare <= 1)) {
    problems.push({
      field: 'hedgeShare',
      message: `must be a share from 0 to 1, such as 0.05, not ${describe(hedgeShare)}.`,
    })
  }
  const lines = spec.reserveLines
  if (lines !== undefined && !(Number.isInteger(lines) && (lines as number) >= 0)) {
    problems.push({
      field: 'reserveLines',
      message: `must be a whole number of lines, not ${describe(lines)}.`,
    })
  }
  return problems
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}

function oneOf(names: readonly string[]): string {
  return `${names
    .slice(0, -1)
    .map((name) => `'${name}'`)
    .join(', ')} or '${names.at(-1)}'`
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function') return 'a function'
  return value === undefined ? 'missing' : String(value)
}
