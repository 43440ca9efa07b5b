import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { aRunNow, send, thumbsDown } from '../workbench/some-runs.ts'
import { collectorUrl } from './collector.ts'
import { eventually, inside, lensTitles, openDefinition } from './inside.ts'

describe('what comes in while a window is open', () => {
  it('shows in the views and above the code without anything being pressed', async () => {
    const { views } = await inside()
    await vscode.commands.executeCommand('evenkeel.runs.focus')
    const document = await openDefinition()
    const run = aRunNow()
    await send(collectorUrl(), { runs: [run] })
    await eventually(async () => {
      const [newest] = await views.runs.getChildren()
      assert.equal(newest?.subject, run.runId)
    }, 5_000)
    await eventually(async () => assert.match((await lensTitles(document))[0] ?? '', /· 101 runs ·/), 5_000)
    await send(collectorUrl(), { signals: [thumbsDown(run)] })
    await eventually(async () => {
      const [newest] = await views.runs.getChildren()
      assert.match(newest?.description ?? '', /thumbs down/)
    }, 5_000)
  })
})
