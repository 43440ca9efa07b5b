import { describe, expect, it } from 'vitest'
import { chooseWorkspace, type ListFolder, workspaceOfDiscovery } from './choose-workspace.ts'

/** A disk that holds these files. */
function disk(files: readonly string[]): { list: ListFolder; listed: string[] } {
  const listed: string[] = []
  const list: ListFolder = async (path) => {
    listed.push(path)
    const below = files
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => file.slice(path.length + 1))
    if (below.length === 0) throw new Error('ENOENT')
    const names = new Map(below.map((file) => [file.split('/')[0] ?? '', file.includes('/')]))
    return [...names].map(([name, folder]) => ({ name, isDirectory: () => folder }))
  }
  return { list, listed }
}

const choose = (folders: readonly string[], files: readonly string[]) =>
  chooseWorkspace(folders, disk(files).list)

describe('a window shows the collector', () => {
  it.each([
    [
      'of its folder',
      ['/repo/.evenkeel/collector.json', '/repo/apps/shop/.evenkeel/collector.json'],
      '/repo',
    ],
    ['of a product inside it', ['/repo/a.ts', '/repo/apps/shop/.evenkeel/collector.json'], '/repo/apps/shop'],
    [
      'of the nearest product inside it',
      ['/repo/a/b/c/.evenkeel/collector.json', '/repo/z/.evenkeel/collector.json'],
      '/repo/z',
    ],
    ['of its folder, to be started, where none is near', ['/repo/a/b/c/d/.evenkeel/collector.json'], '/repo'],
    ['of its folder where a store is there without a collector', ['/repo/.evenkeel/store.sqlite'], '/repo'],
    ['of no dependency', ['/repo/node_modules/x/.evenkeel/collector.json'], '/repo'],
    ['of no hidden folder', ['/repo/.cache/x/.evenkeel/collector.json'], '/repo'],
    ['of an empty folder', [], '/repo'],
  ])('%s', async (_name, files, workspace) => {
    expect(await choose(['/repo'], files)).toBe(workspace)
  })

  it('of the first of several folders that has one', async () => {
    expect(await choose(['/a', '/b'], ['/a/x.ts', '/b/.evenkeel/collector.json'])).toBe('/b')
    expect(await choose(['/a', '/b'], ['/a/x.ts'])).toBe('/a')
  })

  it('of none where no folder is open', async () => {
    expect(await choose([], [])).toBeUndefined()
  })

  it('without reading dependencies or going deeper than three', async () => {
    const { list, listed } = disk(['/repo/node_modules/a/b.ts', '/repo/1/2/3/4/5.ts'])
    await chooseWorkspace(['/repo'], list)
    expect(listed).toEqual(['/repo', '/repo/1', '/repo/1/2', '/repo/1/2/3'])
  })
})

it('a discovery file names its folder', () => {
  expect(workspaceOfDiscovery('/repo/apps/shop/.evenkeel/collector.json')).toBe('/repo/apps/shop')
})
