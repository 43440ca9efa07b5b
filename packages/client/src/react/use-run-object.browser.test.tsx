import { defineFeature } from '@evenkeel/shared'
import { memo, Profiler, StrictMode } from 'react'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { render, renderHook } from 'vitest-browser-react'
import { z } from 'zod'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { useAI } from './use-ai.ts'
import { useRunObject } from './use-run-object.ts'

const LIST = z.object({ rows: z.array(z.object({ id: z.number(), name: z.string() })) })
type List = z.infer<typeof LIST>

const list = defineFeature<string, List>({
  id: 'list',
  interaction: 'progressive',
  schema: LIST,
  ladder: [{ step: 'model', url: '/api/ai/list' }, { step: 'omit' }],
})

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

interface RowProps {
  readonly row: DeepPartial<List['rows'][number]>
  readonly onRender: (id: number) => void
}

const Row = memo(function Row({ row, onRender }: RowProps) {
  onRender(row.id ?? -1)
  return <li>{row.name}</li>
})

interface RowsProps {
  readonly run: ReturnType<typeof createScriptedRun<string, List>>
  readonly onRow: (id: number) => void
}

function Rows({ run, onRow }: RowsProps) {
  const object = useRunObject(run)
  return (
    <ul>
      {object?.rows?.map((row, index) => (
        <Row key={String(index)} row={row} onRender={onRow} />
      ))}
    </ul>
  )
}

describe('useRunObject', () => {
  it('renders once a frame, and a memoised row only while that row changes', async () => {
    const run = createScriptedRun(list)
    const rowRenders = new Map<number, number>()
    let commits = 0
    const screen = await render(
      <Profiler id="rows" onRender={() => void commits++}>
        <Rows run={run} onRow={(id) => void rowRenders.set(id, (rowRenders.get(id) ?? 0) + 1)} />
      </Profiler>,
    )
    void run.start('x')
    const rows = Array.from({ length: 50 }, (_, id) => ({ id, name: `Row number ${id}` }))
    const json = JSON.stringify({ rows })
    commits = 0
    let frames = 0
    for (let at = 0; at < json.length; at += 40) {
      for (let token = at; token < Math.min(at + 40, json.length); token += 4) {
        run.arriveContent({ type: 'text', id: '1', delta: json.slice(token, Math.min(token + 4, at + 40)) })
      }
      await frame()
      frames += 1
    }
    run.settle('answered', { output: { rows: structuredClone(rows) } })
    await expect.element(screen.getByText('Row number 49')).toBeVisible()
    expect(screen.container.querySelectorAll('li')).toHaveLength(50)
    expect(commits).toBeLessThanOrEqual(frames + 2)
    expect(rowRenders.get(0)).toBeLessThanOrEqual(3)
    // Each row is about one frame long; none renders again when later rows come, nor when the answer settles.
    for (let id = 0; id < 50; id += 1) expect(rowRenders.get(id)).toBeLessThanOrEqual(4)
  })

  it('shows the checked output in the render in which the run settles', async () => {
    const run = createScriptedRun(list)
    const seen: unknown[] = []
    await renderHook(() => seen.push(useRunObject(run)), { wrapper: StrictMode })
    void run.start('x')
    run.arriveContent({ type: 'text', id: '1', delta: '{"rows":[{"id":1' })
    const output: List = { rows: [{ id: 1, name: 'one' }] }
    run.settle('answered', { output })
    await frame()
    expect(seen.at(-1)).toEqual(output)
    await frame()
    expect(seen.filter((each) => JSON.stringify(each) === '{"rows":[{}]}')).toEqual([])
  })

  it('is typed by the feature', async () => {
    const { result } = await renderHook(() => useRunObject(useAI(list)))
    expectTypeOf(result.current).toEqualTypeOf<DeepPartial<List> | undefined>()
    expectTypeOf(useRunObject<List>)
      .parameter(0)
      .toExtend<object>()
    expect(result.current).toBeUndefined()
  })

  it('listens to nothing after its component has gone', async () => {
    const run = createScriptedRun(list)
    const { unmount, result } = await renderHook(() => useRunObject(run))
    expectTypeOf(result.current).toEqualTypeOf<DeepPartial<List> | undefined>()
    expect(run.listenerCount).toBe(2)
    await unmount()
    expect(run.listenerCount).toBe(0)
  })
})
