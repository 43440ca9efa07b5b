import type { FeatureSpec } from './feature.ts'
import type { CacheStep, ModelStep, OmitStep } from './ladder.ts'

/** A step without its functions. */
export type StepData = Omit<ModelStep, 'request'> | CacheStep | { readonly step: 'template' } | OmitStep

/** What of a feature is data: what may be stored, sent and compared. Its functions and its schema stay behind. */
export interface FeatureData
  extends Omit<FeatureSpec, 'ladder' | 'schema' | 'intent' | 'cacheKey' | 'tools'> {
  readonly ladder: readonly StepData[]
}

/** The data of a definition. */
export function featureData<Input, Output, Capability extends string>(
  spec: FeatureSpec<Input, Output, Capability>,
): FeatureData {
  const { schema: _schema, intent: _intent, cacheKey: _cacheKey, tools: _tools, ladder, ...data } = spec
  return {
    ...data,
    ladder: ladder.map((step): StepData => {
      if (step.step === 'template') return { step: 'template' }
      if (step.step !== 'model') return step
      const { request: _request, ...rest } = step
      return rest
    }),
  }
}
