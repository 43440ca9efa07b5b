import type { RunRecord } from '@evenkeel/shared'

/**
 * When a model showed the first words of a run, in milliseconds from the trigger; `null` where none did. A template
 * or an earlier answer is there at once: counted with the models, the worse they fared the faster they would seem. An
 * attempt that has not arrived (yet) may have been a model's, and then the run's own word stands.
 */
export function firstTokenOfModel({
  firstTokenMs,
  attempts,
}: Pick<RunRecord, 'firstTokenMs' | 'attempts'>): number | null {
  const showed = attempts.filter((attempt) => attempt.firstTokenMs !== null)
  return showed.length === 0 || showed.some(({ step }) => step === 'model') ? firstTokenMs : null
}
