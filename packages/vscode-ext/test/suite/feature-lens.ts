import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { eventually, inside, lensTitles, openDefinition } from './inside.ts'

describe('the lens above defineFeature', () => {
  it('says in one line what the feature does in production', async () => {
    await inside()
    const document = await openDefinition()
    const line =
      /^p95 first token (\d+) ms \(budget 500\) · fallback 10 % · down 5 % · 100 runs · production · 24 h$/
    await eventually(async () => {
      const [title, latest] = await lensTitles(document)
      const p95 = Number(line.exec(title ?? '')?.[1])
      // 100 runs of 6, 12, … 600 ms; the store's buckets are half a percent wide.
      assert.ok(p95 >= 564 && p95 <= 580, title)
      assert.equal(latest, 'latest run')
    })
  })

  it('stays where it is while the file is being typed in and does not parse', async () => {
    const document = await openDefinition()
    const [before] = await lensTitles(document)
    const whole = document.getText()
    const typed = new vscode.WorkspaceEdit()
    typed.insert(document.uri, new vscode.Position(0, 0), 'function half(\n')
    await vscode.workspace.applyEdit(typed)
    assert.equal((await lensTitles(document))[0], before)
    const takenBack = new vscode.WorkspaceEdit()
    takenBack.delete(document.uri, new vscode.Range(0, 0, 1, 0))
    await vscode.workspace.applyEdit(takenBack)
    assert.equal(document.getText(), whole)
    assert.equal((await lensTitles(document))[0], before)
    await document.save()
  })

  it('leads to the runs of the feature', async () => {
    const { runs } = await inside()
    const document = await openDefinition()
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    )
    const command = lenses.find((lens) => lens.command?.command.startsWith('evenkeel.'))?.command
    assert.ok(command)
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []))
    assert.equal(runs.state.feature, 'draft-reply')
    await vscode.commands.executeCommand('evenkeel.clearRunsFilter')
  })

  it('can be turned off', async () => {
    const document = await openDefinition()
    const settings = vscode.workspace.getConfiguration('evenkeel')
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Global)
    await eventually(async () => assert.deepEqual(await lensTitles(document), []))
    await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Global)
    await eventually(async () => assert.equal((await lensTitles(document)).length, 2))
  })

  it('is reached from the feature in the view', async () => {
    await inside()
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
    await vscode.commands.executeCommand('evenkeel.goToFeature', 'draft-reply')
    const editor = vscode.window.activeTextEditor
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /defineFeature/)
  })
})
