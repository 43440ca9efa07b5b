import { rounded, table } from '../rounds.ts'
import { type Weight, weigh } from './weigh.ts'

const HERE = import.meta.dirname

/** What a newcomer imports, as one module; everything that is exported must be carried. */
const PARTS = {
  evenkeel:
    "export { defineFeature, EvenkeelProvider, FeedbackBar, StreamedText, useAI } from '@evenkeel/client'",
  'evenkeel/core': "export { createRun, defineFeature } from '@evenkeel/client/core'",
  'evenkeel/markdown': "export * from '@evenkeel/client/markdown'",
  useChat: "export { useChat } from '@ai-sdk/react'",
  'tanstack useChat': "export { fetchServerSentEvents, useChat } from '@tanstack/ai-react'",
  streamdown: "export { Streamdown } from 'streamdown'",
  'react-markdown + gfm':
    "export { default as Markdown } from 'react-markdown'; export { default as gfm } from 'remark-gfm'",
} as const

/** Bytes; a build that grows past one of these fails. */
const BUDGETS = { first_load_gz: 14_000, first_run_gz: 22_000, markdown_gz: 25_000, ratio_vs_usechat: 0.25 }

const weights = Object.fromEntries(
  await Promise.all(
    Object.entries(PARTS).map(async ([name, source]) => [name, await weigh(source, HERE)] as const),
  ),
)
const NOTHING: Weight = { firstLoadGz: Number.NaN, everythingGz: Number.NaN, upToGz: () => Number.NaN }
const of = (name: keyof typeof PARTS) => weights[name] ?? NOTHING

console.log('bytes, minified and gzipped, React outside\n')
console.log(
  table(
    ['', 'first load', 'with later chunks'],
    Object.entries(weights).map(([name, { firstLoadGz, everythingGz }]) => [
      name,
      firstLoadGz.toLocaleString('en'),
      everythingGz.toLocaleString('en'),
    ]),
  ),
)

/**
 * A run reads one protocol; the decoders of the others are never loaded. What resumes an answer is loaded
 * only for a server that names a URL for it.
 */
const decoders = ['ai-sdk', 'openai-chat', 'openai-responses', 'anthropic', 'ag-ui', 'ollama', 'ndjson']
const firstRun = (decoder: string, resumes: boolean): number =>
  of('evenkeel').upToGz(
    (module) =>
      (module.endsWith('-decoder.ts') && !module.endsWith(`/${decoder}-decoder.ts`)) ||
      (module.endsWith('/resume.ts') && !resumes),
  )
const firstRuns = Object.fromEntries(decoders.map((name) => [name, firstRun(name, false)]))
console.log(
  `\n${table(
    ['first run by protocol', 'bytes'],
    Object.entries(firstRuns).map(([name, bytes]) => [name, bytes.toLocaleString('en')]),
  )}`,
)

const result = {
  first_load_gz: of('evenkeel').firstLoadGz,
  first_run_gz: firstRuns['ai-sdk'] ?? Number.NaN,
  first_run_worst_gz: Math.max(...decoders.map((name) => firstRun(name, true))),
  markdown_gz: of('evenkeel/markdown').everythingGz,
  ratio_vs_usechat: rounded(of('evenkeel').firstLoadGz / of('useChat').firstLoadGz),
  ratio_vs_tanstack_usechat: rounded(of('evenkeel').firstLoadGz / of('tanstack useChat').firstLoadGz),
}
const over = Object.entries(BUDGETS).filter(
  ([field, budget]) => result[field as keyof typeof BUDGETS] > budget,
)
for (const [field, budget] of over)
  console.error(`${field} is ${result[field as keyof typeof BUDGETS]}, over its budget of ${budget}`)
process.exitCode = over.length === 0 ? 0 : 1
console.log(JSON.stringify(result))
