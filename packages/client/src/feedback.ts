/**
 * What a plain answer does not need: comments, a code that leads support to the run, how far an accepted text is from
 * the answer, and signals on answers of other days.
 *
 * @packageDocumentation
 */
export { encodeRunCode, type RunCodeReading, readRunCode } from '@evenkeel/shared'
export { type RunReference, recordSignal, referenceOf } from './feedback/record-signal.ts'
export {
  type EditedText,
  type EditTracking,
  type EditTrackingOptions,
  trackEdits,
} from './feedback/track-edits.ts'
export { FeedbackComment, type FeedbackCommentProps } from './react/feedback-comment.tsx'
export { RunCode, type RunCodeProps } from './react/run-code.tsx'
