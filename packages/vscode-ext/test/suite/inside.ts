import { join } from 'node:path'
import * as vscode from 'vscode'
import type { TestApi } from '../../src/editor/extension.ts'
import { readTask } from './task.ts'

const EXTENSION_ID = 'evenkeel.evenkeel'

/** The inside of the running extension. */
export async function inside(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>(EXTENSION_ID)
  if (extension === undefined) throw new Error(`${EXTENSION_ID} is not loaded.`)
  const api = await extension.activate()
  if (api === undefined) throw new Error('The extension does not run in test mode.')
  api.link.need()
  await api.link.ready()
  return api
}

/** The sample's definition of its feature, open in an editor. */
export async function openDefinition(): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(
    join(readTask().workspace, 'src', 'draft-reply.tsx'),
  )
  await vscode.window.showTextDocument(document, { preview: false })
  return document
}

/** The titles of the lenses above `defineFeature`, as the editor would draw them. */
export async function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    10,
  )
  return lenses
    .filter((lens) => document.lineAt(lens.range.start.line).text.includes('defineFeature'))
    .map((lens) => lens.command?.title ?? '')
}

/** Waits until the check passes, and fails with its own last error where it never does. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
