import {
  defineFeature,
  type Feature,
  type FeatureSpec,
  type ModelStep,
  type OmitStep,
  type TemplateStep,
} from '@evenkeel/shared'

let count = 0

/** A feature under an id of its own: progressive, one model, a template that says `template for <input>`. */
export function featureForTests<Output = string>(
  spec: Partial<FeatureSpec<string, Output>> = {},
): Feature<string, Output> {
  count += 1
  return defineFeature<string, Output>({
    id: `feature-${count}`,
    interaction: 'progressive',
    ladder: [PRIMARY, TEMPLATE, OMIT],
    ...spec,
  })
}

export const A = '/api/a'
export const B = '/api/b'

export const PRIMARY: ModelStep<string> = { step: 'model', url: A }
export const FAST: ModelStep<string> = { step: 'model', url: A, tier: 'fast' }
export const ELSEWHERE: ModelStep<string> = { step: 'model', url: B, tier: 'other' }
export const TEMPLATE: TemplateStep<string, never> = {
  step: 'template',
  render: (input) => `template for ${input}`,
}
export const OMIT: OmitStep = { step: 'omit' }
