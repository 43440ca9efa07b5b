/**
 * Redaction of what users wrote, before anything is queued. Apart from the other entries, because only an app
 * that keeps content needs it.
 *
 * @packageDocumentation
 */
export {
  createRedactor,
  type OwnFinder,
  type Redact,
  type RedactorOptions,
} from './redact/create-redactor.ts'
