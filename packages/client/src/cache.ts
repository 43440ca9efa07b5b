/**
 * Answers that outlive the page, for apps that opt in.
 *
 * @packageDocumentation
 */
export {
  type IndexedDBAnswers,
  type IndexedDBAnswersOptions,
  keepInIndexedDB,
} from './cache/indexed-db-answers.ts'
export type { AnswerStore, KeptAnswer, KeptEntry } from './cache/kept-answer.ts'
