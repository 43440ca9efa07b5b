/**
 * Controls for the engine: a kill switch, a capped level and an incident's words, from the product's own
 * server or any OpenFeature provider. It needs `@openfeature/web-sdk` and
 * `@openfeature/ofrep-web-provider` beside this package, and adds nothing to pages that do not import it.
 *
 * @packageDocumentation
 */
export type { ControlsInForce } from '@evenkeel/shared'
export type { Controls } from './control/controls.ts'
export { type ControlsOptions, createControls } from './control/create-controls.ts'
export {
  type ClosableControls,
  type OpenFeatureControlsOptions,
  type OpenFeatureWebClient,
  openFeatureControls,
} from './control/open-feature-controls.ts'
