import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { RUNS } from '../workbench/some-runs.ts'
import { eventually, inside } from './inside.ts'

describe('the views', () => {
  it('list the runs that came in over HTTP, newest first', async () => {
    const { views, figures } = await inside()
    await vscode.commands.executeCommand('evenkeel.runs.focus')
    const production = RUNS.filter(({ environment }) => environment === 'production')
    const newest = production.toSorted((a, b) => b.startedAtEpochMs - a.startedAtEpochMs)
    await eventually(async () => {
      // Until the window knows of environments it lists the runs of all; it begins anew when it does.
      assert.equal(figures.state.environment, 'production')
      const rows = await views.runs.getChildren()
      assert.deepEqual(
        rows.slice(0, 50).map(({ subject }) => subject),
        newest.slice(0, 50).map(({ runId }) => runId),
      )
    })
    const [first] = await views.runs.getChildren()
    assert.ok(first)
    const item = views.runs.getTreeItem(first)
    assert.equal(item.label, 'Answered')
    assert.match(String(item.description), /^.+ ago · first token 6 ms · thumbs down · draft-reply$/)
  })

  it('load more at the end of the list', async () => {
    const { views } = await inside()
    const before = await views.runs.getChildren()
    assert.equal(before.at(-1)?.kind, 'more')
    await vscode.commands.executeCommand('evenkeel.loadMoreRuns')
    const after = await views.runs.getChildren()
    assert.equal(after.length, 100)
    assert.equal(after.at(-1)?.kind, 'run')
  })

  it('say by a word how each run ended, and what the user said of it', async () => {
    const { views } = await inside()
    const rows = await views.runs.getChildren()
    const words = new Map<string, number>()
    for (const { label } of rows) words.set(label, (words.get(label) ?? 0) + 1)
    assert.deepEqual(
      words,
      new Map([
        ['Answered', 90],
        ['Degraded by failure', 10],
      ]),
    )
    assert.equal(rows.filter(({ description }) => description.includes('thumbs down')).length, 5)
  })

  it('show the figures of one environment and name it', async () => {
    const { views, figures } = await inside()
    await vscode.commands.executeCommand('evenkeel.features.focus')
    await eventually(async () => {
      const [feature] = await views.features.getChildren()
      assert.equal(feature?.label, 'draft-reply')
      assert.match(feature?.tooltip ?? '', /production · last 24 h · n = 100 rated/)
      const rows = await views.features.getChildren(feature)
      assert.deepEqual(
        rows.map(({ label }) => label),
        ['First token p95', 'Complete p95', 'Fallback share', 'Thumbs down', 'Regenerated', 'Runs'],
      )
      assert.equal(rows[2]?.description, '10 %')
    })
    assert.deepEqual(figures.state.environments.map(({ name }) => name).sort(), ['production', 'staging'])
  })

  it('follow the choice of another environment, and remember it', async () => {
    const { views, figures } = await inside()
    figures.choose('staging')
    await eventually(async () => {
      const [feature] = await views.features.getChildren()
      assert.equal(feature?.description, 'n = 3: too few to say')
      assert.equal((await views.runs.getChildren()).length, 3)
    })
    figures.choose(undefined)
    await eventually(async () => {
      const [feature] = await views.features.getChildren()
      assert.match(feature?.description ?? '', /100 runs$/)
    })
  })

  it('narrow the runs to one feature and widen them again', async () => {
    const { views, runs } = await inside()
    await vscode.commands.executeCommand('evenkeel.showFeatureRuns', 'no-such-feature')
    await eventually(async () => assert.deepEqual(await views.runs.getChildren(), []))
    assert.match(views.runsView.description ?? '', /^no-such-feature · production$/)
    await vscode.commands.executeCommand('evenkeel.clearRunsFilter')
    await eventually(() => assert.equal(runs.state.runs.length, 50))
  })
})
