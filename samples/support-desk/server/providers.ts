import type { LanguageModelV4 } from '@ai-sdk/provider'

type Environment = Readonly<Record<string, string | undefined>>

/** Where real models are asked. */
export interface Provider {
  readonly name: 'openai' | 'anthropic'
  /** Models by tier, each by its exact version. */
  readonly models: Readonly<Record<'primary' | 'fast', string>>
  model(id: string): LanguageModelV4
}

// Exact versions: an alias would change what customers are told without a commit of ours.
const OPENAI_MODELS = { primary: 'gpt-4.1-2025-04-14', fast: 'gpt-4.1-mini-2025-04-14' } as const
const ANTHROPIC_MODELS = { primary: 'claude-sonnet-4-5-20250929', fast: 'claude-haiku-4-5-20251001' } as const

/**
 * The provider that the environment has a key for, OpenAI first; `null`, and so the simulated model, where it has none.
 * Its package is loaded only then.
 * @throws Error that names the variable where a model's name is not an exact version.
 */
export async function providerIn(environment: Environment): Promise<Provider | null> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL } = environment
  if (OPENAI_API_KEY) {
    const models = modelsIn(environment, 'OPENAI', OPENAI_MODELS)
    const { createOpenAI } = await import('@ai-sdk/openai')
    const openai = createOpenAI({ apiKey: OPENAI_API_KEY, ...baseUrl(OPENAI_BASE_URL) })
    // Chat completions, because that is what servers behind a base URL speak.
    return { name: 'openai', models, model: (id) => openai.chat(id) }
  }
  if (ANTHROPIC_API_KEY) {
    const models = modelsIn(environment, 'ANTHROPIC', ANTHROPIC_MODELS)
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    const anthropic = createAnthropic({ apiKey: ANTHROPIC_API_KEY, ...baseUrl(ANTHROPIC_BASE_URL) })
    return { name: 'anthropic', models, model: (id) => anthropic(id) }
  }
  return null
}

function baseUrl(url: string | undefined): { baseURL?: string } {
  return url ? { baseURL: url } : {}
}

function modelsIn(
  environment: Environment,
  prefix: 'OPENAI' | 'ANTHROPIC',
  defaults: Provider['models'],
): Provider['models'] {
  return {
    primary: exactModel(environment, `${prefix}_MODEL`) ?? defaults.primary,
    fast: exactModel(environment, `${prefix}_FAST_MODEL`) ?? defaults.fast,
  }
}

function exactModel(environment: Environment, variable: string): string | null {
  const name = environment[variable]?.trim() ?? ''
  if (name === '') return null
  if (!/latest/i.test(name)) return name
  throw new Error(
    `${variable} must name an exact version, not '${name}': what it stands for changes by itself.`,
  )
}
