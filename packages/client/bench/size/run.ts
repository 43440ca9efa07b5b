import { closeBench } from '../record.ts'
import { rounded, table } from '../rounds.ts'
import { DECODERS, EVENKEEL, firstRunGz, MARKDOWN, worstFirstRunGz } from './first-run.ts'
import { BUDGETS } from './limits.ts'
import { type Weight, weigh } from './weigh.ts'
import { firstRunsWithout } from './what-for.ts'

const HERE = import.meta.dirname

const PARTS = {
  evenkeel: EVENKEEL,
  'evenkeel/core': "export { createRun, defineFeature } from '@evenkeel/client/core'",
  'evenkeel/controls': "export { createControls } from '@evenkeel/client/controls'",
  'evenkeel/markdown': MARKDOWN,
  useChat: "export { useChat } from '@ai-sdk/react'",
  'tanstack useChat': "export { fetchServerSentEvents, useChat } from '@tanstack/ai-react'",
  streamdown: "export { Streamdown } from 'streamdown'",
  'react-markdown + gfm':
    "export { default as Markdown } from 'react-markdown'; export { default as gfm } from 'remark-gfm'",
} as const

const weights = Object.fromEntries(
  await Promise.all(
    Object.entries(PARTS).map(async ([name, source]) => [name, await weigh(source, HERE)] as const),
  ),
)
const NOTHING: Weight = {
  firstLoadGz: Number.NaN,
  firstLoadModules: [],
  everythingGz: Number.NaN,
  upToGz: () => Number.NaN,
}
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

const firstRuns = Object.fromEntries(DECODERS.map((name) => [name, firstRunGz(of('evenkeel'), name)]))
console.log(
  `\n${table(
    ['first run by protocol', 'bytes'],
    Object.entries(firstRuns).map(([name, bytes]) => [name, bytes.toLocaleString('en')]),
  )}`,
)

const withouts = await firstRunsWithout(HERE)
console.log(
  `\n${table(
    ["first run, AI SDK's protocol", 'bytes'],
    Object.entries(withouts).map(([name, bytes]) => [name, bytes.toLocaleString('en')]),
  )}`,
)

const result = {
  first_load_gz: of('evenkeel').firstLoadGz,
  first_run_gz: firstRuns['ai-sdk'] ?? Number.NaN,
  first_run_worst_gz: worstFirstRunGz(of('evenkeel')),
  markdown_gz: of('evenkeel/markdown').everythingGz,
  /** OpenFeature and the OFREP provider included. */
  flags_gz: of('evenkeel/controls').everythingGz,
  ratio_vs_usechat: rounded(of('evenkeel').firstLoadGz / of('useChat').firstLoadGz),
  ratio_vs_tanstack_usechat: rounded(of('evenkeel').firstLoadGz / of('tanstack useChat').firstLoadGz),
}
const over = Object.entries(BUDGETS).filter(
  ([field, budget]) => result[field as keyof typeof BUDGETS] > budget,
)
for (const [field, budget] of over)
  console.error(`${field} is ${result[field as keyof typeof BUDGETS]}, over its budget of ${budget}`)
process.exitCode = over.length === 0 ? 0 : 1
closeBench('size', result, [
  {
    title: 'First load',
    unit: 'bytes',
    figures: Object.fromEntries(Object.entries(weights).map(([name, of]) => [name, [of.firstLoadGz]])),
  },
  {
    title: 'With every later chunk',
    unit: 'bytes',
    figures: Object.fromEntries(Object.entries(weights).map(([name, of]) => [name, [of.everythingGz]])),
  },
  {
    title: 'A first run, and what it would be without behaviour that it has',
    unit: 'bytes',
    figures: Object.fromEntries(Object.entries(withouts).map(([name, bytes]) => [name, [bytes]])),
  },
])
