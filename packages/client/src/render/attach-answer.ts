import type { Run } from '../run/run.ts'
import { type AnswerSurface, type AttachOptions, attachView } from './attach-view.ts'
import { createTextView } from './text-view.ts'

export type { AnswerAnnouncements, AnswerSurface, AttachOptions } from './attach-view.ts'

/**
 * Shows a run's answer in these elements as text, at most once a frame, whatever arrives between two
 * frames: text, phase and announcement change together. Returns the detach, which leaves the text in place.
 */
export function attachAnswer(run: Run, surface: AnswerSurface, options: AttachOptions = {}): () => void {
  return attachView(run, surface, createTextView, options)
}
