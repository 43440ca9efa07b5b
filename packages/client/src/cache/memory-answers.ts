import type { AnswerStore, KeptAnswer } from './kept-answer.ts'

/** Keeps answers for as long as the page lives. */
export function createMemoryAnswers(): AnswerStore {
  const answers = new Map<string, KeptAnswer>()
  return {
    outlivesPage: false,
    read: async (key) => answers.get(key) ?? null,
    write: async (answer) => void answers.set(answer.key, answer),
    remove: async (keys) => keys.forEach((key) => void answers.delete(key)),
    entries: async () => [...answers.values()],
  }
}
