import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { type HostMessage, type PageMessage, QUESTIONS } from '../../src/engine/contract.ts'
import { RUNS } from '../workbench/some-runs.ts'
import { eventually, inside } from './inside.ts'
import { askRunner } from './runner.ts'

const production = RUNS.filter(({ environment }) => environment === 'production')
const degraded = production.find(({ outcome }) => outcome === 'degraded')

describe('the page of a run', () => {
  const heard: (PageMessage | HostMessage)[] = []
  let listening: vscode.Disposable

  before(async () => {
    const { panels } = await inside()
    listening = panels.onMessage((message) => heard.push(message))
  })
  after(() => listening.dispose())

  it('asks for its run from inside the webview, is answered, and draws it', async () => {
    assert.ok(degraded)
    await vscode.commands.executeCommand('evenkeel.openRun', degraded.runId)
    const asked = await eventually(() => {
      const found = heard.find((message) => message.type === 'ask' && message.path === QUESTIONS.run)
      assert.ok(found?.type === 'ask', 'the page has asked')
      return found
    })
    assert.equal(asked.query.runId, degraded.runId)
    await eventually(() => {
      const answer = heard.find((message) => message.type === 'answer' && message.id === asked.id)
      assert.ok(answer?.type === 'answer' && answer.ok, 'the page was answered')
    })
    await eventually(async () =>
      assert.notEqual(await askRunner({ ask: 'sees', text: 'timeout.stall' }), false),
    )
  })

  it('is shown in the same tab when another run is opened, and in a second one on request', async () => {
    const [first, second] = production
    assert.ok(first && second)
    const tabs = () =>
      vscode.window.tabGroups.all.flatMap((group) =>
        group.tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label),
      )
    await vscode.commands.executeCommand('evenkeel.openRun', first.runId)
    await eventually(() => assert.deepEqual(tabs(), [`Run ${first.runId.slice(0, 7)}`]))
    await vscode.commands.executeCommand('evenkeel.openRunToSide', second.runId)
    await eventually(() => assert.equal(tabs().length, 2))
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
    await eventually(() => assert.deepEqual(tabs(), []))
  })

  it('is there again after its window was reloaded', async function () {
    assert.ok(degraded)
    this.timeout(60_000)
    const { runId } = degraded
    const survived = await askRunner({ ask: 'survives-reload', runId, text: 'timeout.stall' })
    if (survived === null) return this.skip()
    assert.equal(survived, true)
  })

  it('says so where the run is not in the store', async () => {
    heard.length = 0
    await vscode.commands.executeCommand('evenkeel.openRun', 'f'.repeat(32))
    await eventually(() => {
      const answer = heard.find((message) => message.type === 'answer')
      assert.ok(answer?.type === 'answer' && !answer.ok)
      assert.equal(answer.status, 404)
    })
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
  })
})
