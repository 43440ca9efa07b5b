import assert from 'node:assert/strict'
import { aRunNow, send } from '../workbench/some-runs.ts'
import { collectorUrl, health } from './collector.ts'
import { eventually, inside } from './inside.ts'
import { askRunner } from './runner.ts'

describe('two windows on one workspace', () => {
  it('share one collector, which stays when the window that started it is closed', async function () {
    const { views } = await inside()
    const before = await health()
    if ((await askRunner({ ask: 'close-first-window' })) === null) return this.skip()
    assert.equal(before.attached, 2)
    await eventually(async () => assert.equal((await health()).attached, 1), 15_000)
    assert.equal((await health()).pid, before.pid)

    const run = aRunNow()
    await send(collectorUrl(), { runs: [run] })
    await eventually(async () => {
      const [newest] = await views.runs.getChildren()
      assert.equal(newest?.subject, run.runId)
    }, 5_000)
  })
})
