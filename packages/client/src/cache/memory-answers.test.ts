import { describeAnswerStore } from './answer-store.test.kit.ts'
import { createMemoryAnswers } from './memory-answers.ts'

describeAnswerStore('answers in memory', createMemoryAnswers)
