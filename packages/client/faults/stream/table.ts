import type { CreateReader } from '../../src/stream/reader.ts'
import { checkCut, checkRow } from './check.ts'
import { agUiRows, agUiWhole } from './rows/ag-ui.ts'
import { aiSdkRows, aiSdkWhole } from './rows/ai-sdk.ts'
import { anthropicRows, anthropicWhole } from './rows/anthropic.ts'
import { bodyRows } from './rows/bodies.ts'
import { hostileRows } from './rows/hostile.ts'
import { lineRows, ndjsonWhole } from './rows/lines.ts'
import { openaiChatRows, openaiChatWhole } from './rows/openai-chat.ts'
import { openaiResponsesRows, openaiResponsesWhole } from './rows/openai-responses.ts'
import { cutsOf, formRows } from './variants.ts'

/** One row of the table, ready to be run against a reader. */
export interface Check {
  readonly name: string
  /** What is wrong; an empty list where the reader is right. */
  run(createReader: CreateReader): string[]
}

const sseWholes = [aiSdkWhole, openaiChatWhole, openaiResponsesWhole, anthropicWhole, agUiWhole]

const rows = [
  ...sseWholes.flatMap(formRows),
  ...aiSdkRows.map((row) => ({ ...row, name: `ai-sdk: ${row.name}` })),
  ...openaiChatRows.map((row) => ({ ...row, name: `openai-chat: ${row.name}` })),
  ...openaiResponsesRows.map((row) => ({ ...row, name: `openai-responses: ${row.name}` })),
  ...anthropicRows.map((row) => ({ ...row, name: `anthropic: ${row.name}` })),
  ...agUiRows.map((row) => ({ ...row, name: `ag-ui: ${row.name}` })),
  ...lineRows.map((row) => ({ ...row, name: `lines: ${row.name}` })),
  ...bodyRows.map((row) => ({ ...row, name: `body: ${row.name}` })),
  ...hostileRows.map((row) => ({ ...row, name: `hostile: ${row.name}` })),
]

/** Every row once; the cuts of one protocol, at each of its bytes, are one row. */
export const CHECKS: readonly Check[] = [
  ...rows.map((row) => ({
    name: row.name,
    run: (createReader: CreateReader) => checkRow(createReader, row),
  })),
  ...[...sseWholes, ndjsonWhole].map((whole) => ({
    name: `${whole.protocol}: cut at every byte`,
    run: (createReader: CreateReader) =>
      cutsOf(whole).flatMap((cut) =>
        checkCut(createReader, whole, cut).map((wrong) => `${cut.name}: ${wrong}`),
      ),
  })),
]
