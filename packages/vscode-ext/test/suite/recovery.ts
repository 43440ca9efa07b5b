import assert from 'node:assert/strict'
import { aRunNow, send } from '../workbench/some-runs.ts'
import { collectorUrl, health } from './collector.ts'
import { eventually, inside, lensTitles, openDefinition } from './inside.ts'

describe('a collector that is killed', () => {
  it('is started again by the window, with every run still there, and the views live', async () => {
    const { views, link } = await inside()
    const document = await openDefinition()
    const [lens] = await lensTitles(document)
    const killed = await health()
    process.kill(killed.pid, 'SIGKILL')
    const again = await eventually(health)
    assert.notEqual(again.pid, killed.pid)

    const run = aRunNow()
    await send(collectorUrl(), { runs: [run] })
    await eventually(async () => {
      const rows = await views.runs.getChildren()
      assert.equal(rows[0]?.subject, run.runId)
      assert.ok(rows.length > 1, 'the runs from before are still listed')
    })
    assert.equal(link.state.status, 'attached')
    const count = (title: string | undefined): number => Number(/(\d+) runs/.exec(title ?? '')?.[1])
    await eventually(async () => assert.equal(count((await lensTitles(document))[0]), count(lens) + 1))
  })
})
