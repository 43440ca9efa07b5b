import * as vscode from 'vscode'
import type { CodeIndex } from '../engine/code-index/code-index.ts'

const SOURCES = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'
const NOT_SOURCES = '**/{node_modules,dist,build,out,coverage,.git}/**'
const MOST_FILES = 5_000

/** Where a feature is defined: in an open file first, else anywhere in the workspace. */
export async function findDefinition(
  feature: string,
  index: CodeIndex,
  token: vscode.CancellationToken,
): Promise<vscode.Location | null> {
  for (const document of vscode.workspace.textDocuments) {
    const found = locate(document, feature, index)
    if (found !== null) return found
  }
  const files = await vscode.workspace.findFiles(SOURCES, NOT_SOURCES, MOST_FILES, token)
  for (const uri of files) {
    if (token.isCancellationRequested) return null
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))
    // A search before a parse, and a parse before the editor opens the file.
    if (!text.includes(feature) || !text.includes('defineFeature')) continue
    const found = locate(await vscode.workspace.openTextDocument(uri), feature, index)
    if (found !== null) return found
  }
  return null
}

function locate(document: vscode.TextDocument, feature: string, index: CodeIndex): vscode.Location | null {
  if (!/script/.test(document.languageId)) return null
  const site = index.read(document.uri.toString(), document.getText()).find(({ id }) => id === feature)
  if (site === undefined) return null
  return new vscode.Location(document.uri, document.positionAt(site.start))
}
