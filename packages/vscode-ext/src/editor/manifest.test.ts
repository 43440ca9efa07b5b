import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMAND, CONTAINER, CONTEXT, ITEM, NAME, RUN_PANEL, SETTING, SITUATIONS, VIEW } from './ids.ts'

const root = join(import.meta.dirname, '../..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { contributes } = manifest
const commands: readonly { command: string; title: string; category: string; icon?: string }[] =
  contributes.commands
const menus: readonly { command: string; when: string }[] = Object.values(contributes.menus).flat() as never
const welcomes: readonly { view: string; when: string; contents: string }[] = contributes.viewsWelcome

describe('package.json and the code name the same', () => {
  it('commands', () => {
    expect(commands.map(({ command }) => command).sort()).toEqual(Object.values(COMMAND).sort())
  })

  it('commands in menus', () => {
    for (const { command } of menus) expect(Object.values(COMMAND)).toContain(command)
  })

  it('views, in their container', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }: { id: string }) => id)).toEqual([CONTAINER])
    expect(contributes.views[CONTAINER].map(({ id }: { id: string }) => id)).toEqual(Object.values(VIEW))
  })

  it('keys, views and rows in when clauses', () => {
    for (const { when } of [...menus, ...welcomes]) {
      for (const [, key] of when.matchAll(/(evenkeel\.\w+)\b(?! ==)/g)) {
        expect([...Object.values(CONTEXT), ...Object.values(VIEW)]).toContain(key)
      }
      for (const [, key] of when.matchAll(/(evenkeel\.\w+) ==/g)) expect(key).toBe(CONTEXT.situation)
      for (const [, item] of when.matchAll(/viewItem == (\w+)/g)) expect(Object.values(ITEM)).toContain(item)
      for (const [, situation] of when.matchAll(/situation == ([\w-]+)/g))
        expect(SITUATIONS).toContain(situation)
    }
  })

  it('settings', () => {
    const settings = Object.values(SETTING).map((setting) => `${NAME}.${setting}`)
    expect(Object.keys(contributes.configuration.properties)).toEqual(settings)
  })

  it('the webview that wakes the extension up after a reload', () => {
    expect(manifest.activationEvents).toContain(`onWebviewPanel:${RUN_PANEL}`)
  })
})

describe('package.json', () => {
  it('has a welcome with what to do in every situation that leaves the first view empty', () => {
    const situations = welcomes
      .filter(({ view }) => view === VIEW.features)
      .map(({ when, contents }) => {
        expect(contents).toMatch(/\]\(command:/)
        return /situation == ([\w-]+)/.exec(when)?.[1]
      })
    expect(situations.sort()).toEqual(SITUATIONS.filter((situation) => situation !== 'attaching').sort())
  })

  it('offers in the command palette only what needs no row', () => {
    const hidden = contributes.menus.commandPalette
      .filter(({ when }: { when: string }) => when === 'false')
      .map(({ command }: { command: string }) => command)
    const rows = [COMMAND.openRunToSide, COMMAND.showFeatureRuns, COMMAND.goToFeature]
    expect(hidden.sort()).toEqual([...rows, COMMAND.loadMoreRuns, COMMAND.copyRunId].sort())
  })

  it('speaks in sentence case, without exclamation marks', () => {
    for (const { title, category } of commands) {
      expect(category).toBe('Evenkeel')
      expect(title).toMatch(/^[A-Z][^A-Z!]*$/)
    }
  })

  it('names pictures that exist', () => {
    expect(existsSync(join(root, manifest.icon))).toBe(true)
    for (const { icon } of contributes.viewsContainers.activitybar) {
      expect(existsSync(join(root, icon))).toBe(true)
    }
  })

  it('supports the oldest editor that its types know', () => {
    const types = JSON.parse(
      readFileSync(join(root, '../../node_modules/@types/vscode/package.json'), 'utf8'),
    )
    expect(manifest.engines.vscode).toBe(`^${types.version}`)
  })
})
