import { GOALS, type Goal, holds } from '../goals.ts'
import type { BenchRecord, RecordedTable } from '../record.ts'
import { median, readable } from '../rounds.ts'

const ORDER = ['size', 'stream', 'markdown', 'decode', 'object', 'telemetry']

const ABOUT: Readonly<Record<string, string>> = {
  size: 'What a page downloads, minified and gzipped, React outside. `first_load_gz` is the provider, `useAI`, `<StreamedText>` and `<FeedbackBar>`; `first_run_gz` adds every later chunk until the first run record has left.',
  stream:
    'Plain answers that stream, in a production build of React. `floor` is a bare `fetch` whose chunks go straight into one text node; `useChat` is that of `@ai-sdk/react`, as it is and throttled at 50 ms, and that of `@tanstack/ai-react`. Costs are `Performance.getMetrics` of the browser itself; script that runs in microtasks, such as the whole of `floor`, is not in its script time. Nobody scrolls in the long stream, so most of it is written below the window; `followed` is a page that scrolls along, as a chat does.',
  markdown:
    'One answer in markdown that streams, beside two renderers that are fed by the leanest loop there can be: the text as React state, once a frame.',
  decode:
    "What reading a delta costs over `eventsource-parser` with `JSON.parse`, which no reader can do without, and beside the peers' own readers.",
  object: 'A value to show after every delta of a structured answer.',
  telemetry:
    "What one run costs from its start until its record has left, and the bytes of that record, beside the browser SDKs of OpenTelemetry and Sentry with the same spans and attributes. Ours is also written into IndexedDB, at the start, at the first token and at the end; theirs keep nothing. Sentry's is without all integrations but the one that sends spans, and sends no events of a span. Each is checked to have delivered every run. Milliseconds are the main thread's own processor time.",
}

/** The page of the docs that shows every recorded bench: what was aimed at, what was measured, and every round of it. */
export function benchmarksPage(records: readonly BenchRecord[]): string {
  const inOrder = [...records].sort((a, b) => place(a) - place(b) || a.bench.localeCompare(b.bench))
  return [
    '# Benchmarks',
    '<!-- Made by `npm run bench -- table` of the records in `benchmarks/`. Do not edit. -->',
    [
      'Measured beside the peers in one run, interleaved, because machines drift; a ratio is the median of the ratios',
      'within each round. Below a value of 1 we cost less. Run any of them yourself: `npm run bench -- stream`. A whole',
      'run with `--record` and then `npm run bench -- table` make this page anew.',
    ].join('\n'),
    ...inOrder.map(section),
    '',
  ].join('\n\n')
}

function place({ bench }: BenchRecord): number {
  const index = ORDER.indexOf(bench)
  return index === -1 ? ORDER.length : index
}

function section(record: BenchRecord): string {
  const { bench, date, browser, node, cores } = record
  const where = [`${cores} cores`, ...(browser === null ? [] : [`Chromium ${browser}`]), `Node ${node}`]
  return [
    `## \`npm run bench -- ${bench}\``,
    ...(ABOUT[bench] === undefined ? [] : [ABOUT[bench]]),
    `Recorded on ${date}: ${where.join(', ')}.`,
    resultTable(record),
    ...record.tables.map(roundsTable),
  ].join('\n\n')
}

function resultTable({ bench, result }: BenchRecord): string {
  const goals = GOALS[bench] ?? {}
  const rows = Object.entries(result).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  )
  return markdownTable(
    ['', 'measured', 'goal', ''],
    rows.map(([field, value]) => [`\`${field}\``, number(value), ...goalCells(goals[field], value)]),
  )
}

function goalCells(goal: Goal | undefined, value: number): [goal: string, verdict: string] {
  if (goal === undefined) return ['', '']
  return [`${goal.bound} ${number(goal.value)}`, holds(goal, value) ? 'holds' : '**does not hold**']
}

function roundsTable({ title, unit, figures }: RecordedTable): string {
  const rounds = Math.max(...Object.values(figures).map(({ length }) => length))
  const heads = rounds === 1 ? [] : Array.from({ length: rounds }, (_, index) => `round ${index + 1}`)
  const cells = (values: readonly number[]): string[] =>
    rounds === 1 ? [] : Array.from({ length: rounds }, (_, index) => figure(values[index]))
  return `${title}, ${unit}:\n\n${markdownTable(
    ['', rounds === 1 ? unit : 'median', ...heads],
    Object.entries(figures).map(([name, values]) => [name, figure(median(values)), ...cells(values)]),
  )}`
}

function figure(value: number | undefined): string {
  if (value === undefined) return ''
  return value >= 1_000 ? number(Math.round(value)) : readable(value)
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 })
}

/** The first column to the left, every other one to the right. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}
