import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { defineTool, type ToolCallContext } from './client-tool.ts'

const CALL: ToolCallContext = { runId: 'r', callId: 'c', signal: new AbortController().signal }

describe('a client tool with a schema', () => {
  it('gets its input checked and typed, and what it returns is the output', async () => {
    const tool = defineTool(z.object({ id: z.string(), limit: z.number().default(5) }), (input, call) => {
      expectTypeOf(input).toEqualTypeOf<{ id: string; limit: number }>()
      return `${call.callId}:${input.id}:${input.limit}`
    })
    expectTypeOf(tool).returns.toEqualTypeOf<Promise<string>>()
    expect(await tool({ id: 'a' }, CALL)).toBe('c:a:5')
  })

  it('never sees a wrong input: the error names each path', async () => {
    let calls = 0
    const tool = defineTool(z.object({ id: z.string(), list: z.array(z.number()) }), () => (calls += 1))
    await expect(tool({ id: 1, list: ['x'] }, CALL)).rejects.toThrow(
      /^The input is wrong\. id: .+; list\.0: /,
    )
    await expect(tool('none', CALL)).rejects.toThrow(/^The input is wrong\. Invalid input/)
    expect(calls).toBe(0)
  })

  it('may be asynchronous, as may its schema', async () => {
    const schema = z.string().refine(async (id) => id !== 'gone', 'is gone')
    const tool = defineTool(schema, async (id) => id.length)
    expect(await tool('four', CALL)).toBe(4)
    await expect(tool('gone', CALL)).rejects.toThrow('The input is wrong. is gone')
  })
})
