import { describe, expect, it, vi } from 'vitest'
import { createListeners } from '../engine/attach/listeners.ts'
import type { Attachment, AttachmentState } from '../engine/attach.ts'
import type { Change } from '../engine/contract.ts'
import { createFakeSource, settle } from './fake-source.ts'
import { createWorkspaceLink, type LinkWorld } from './workspace-link.ts'

function fakeAttachment(startedByUs = true) {
  const changes = createListeners<Change>()
  const states = createListeners<AttachmentState>()
  const source = createFakeSource()
  const release = vi.fn(async () => {})
  const attachment: Attachment = {
    url: 'http://127.0.0.1:4318',
    token: 'secret',
    startedByUs,
    client: source,
    onChange: changes.add,
    onState: states.add,
    release,
  }
  return { attachment, source, release, changes, states }
}

function setUp(over: Partial<LinkWorld> = {}) {
  const timers: { work: () => void; ms: number }[] = []
  const attached: string[] = []
  const fakes: ReturnType<typeof fakeAttachment>[] = []
  const world: LinkWorld = {
    trusted: () => true,
    chooseWorkspace: async () => '/product',
    attach: async (workspace) => {
      attached.push(workspace)
      const fake = fakeAttachment()
      fakes.push(fake)
      return fake.attachment
    },
    setTimeout: (work, ms) => {
      const timer = { work, ms }
      timers.push(timer)
      return timer
    },
    clearTimeout: (timer) => {
      const at = timers.indexOf(timer as (typeof timers)[number])
      if (at >= 0) timers.splice(at, 1)
    },
    ...over,
  }
  return { link: createWorkspaceLink(world), timers, attached, fakes }
}

describe('the link of a window', () => {
  it('attaches to nothing until somebody looks, and then once', async () => {
    const { link, attached } = setUp()
    await settle()
    expect(attached).toEqual([])
    link.need()
    link.need()
    await link.ready()
    expect(attached).toEqual(['/product'])
    expect(link.state).toMatchObject({ status: 'attached', workspace: '/product' })
  })

  it('touches nothing in a folder that is not trusted, and attaches when it is', async () => {
    let trusted = false
    const { link, attached } = setUp({ trusted: () => trusted })
    link.need()
    await link.ready()
    expect(link.state).toEqual({ status: 'off', why: 'untrusted' })
    expect(attached).toEqual([])
    trusted = true
    link.again()
    await settle()
    expect(link.state.status).toBe('attached')
  })

  it('says where no folder is open', async () => {
    const { link } = setUp({ chooseWorkspace: async () => undefined })
    link.need()
    await link.ready()
    expect(link.state).toEqual({ status: 'off', why: 'no-folder' })
  })

  it('says why it failed, and tries again by itself, later each time', async () => {
    let fails = 2
    const good = fakeAttachment()
    const { link, timers } = setUp({
      attach: async () => {
        fails -= 1
        if (fails >= 0) throw new Error('The port is taken.')
        return good.attachment
      },
    })
    link.need()
    await link.ready()
    expect(link.state).toMatchObject({ status: 'failed', error: { error: 'The port is taken.' } })
    const waits: number[] = []
    while (timers.length > 0) {
      const timer = timers.shift()
      waits.push(timer?.ms ?? 0)
      timer?.work()
      await settle()
    }
    expect(waits).toEqual([2_000, 4_000])
    expect(link.state.status).toBe('attached')
  })

  it('passes changes on', async () => {
    const { link, fakes } = setUp()
    const heard: Change[] = []
    link.onChange((change) => heard.push(change))
    link.need()
    await link.ready()
    fakes[0]?.changes.tell({ features: ['a'], runs: 1, signals: 0 })
    expect(heard).toEqual([{ features: ['a'], runs: 1, signals: 0 }])
  })

  it('says that the collector is lost only when it stays away, and when it is back', async () => {
    const { link, fakes, timers } = setUp()
    link.need()
    await link.ready()
    fakes[0]?.states.tell('lost')
    expect(link.state.status).toBe('attached')
    fakes[0]?.states.tell('attached')
    expect(timers).toEqual([])
    fakes[0]?.states.tell('lost')
    timers[0]?.work()
    expect(link.state.status).toBe('lost')
    fakes[0]?.states.tell('attached')
    expect(link.state.status).toBe('attached')
  })

  it("turns to a product's own collector that appears while ours holds nothing", async () => {
    const { link, attached, fakes } = setUp()
    link.need()
    await link.ready()
    if (fakes[0]) fakes[0].source.environmentNames = []
    await link.appeared('/product/apps/shop')
    await settle()
    expect(attached).toEqual(['/product', '/product/apps/shop'])
    expect(fakes[0]?.release).toHaveBeenCalledTimes(1)
  })

  it('stays where it is when there is something to lose, or it is the same', async () => {
    const { link, attached, fakes } = setUp()
    await link.appeared('/product/apps/shop')
    link.need()
    await link.ready()
    await link.appeared('/product/apps/shop')
    if (fakes[0]) fakes[0].source.environmentNames = []
    await link.appeared('/product')
    expect(attached).toEqual(['/product'])
  })

  it('lets go of what comes after its end', async () => {
    const late = fakeAttachment()
    let arrive: (attachment: Attachment) => void = () => {}
    const { link } = setUp({ attach: () => new Promise((resolve) => (arrive = resolve)) })
    link.need()
    await settle()
    await link.dispose()
    arrive(late.attachment)
    await settle()
    expect(late.release).toHaveBeenCalledTimes(1)
    expect(link.state.status).toBe('attaching')
  })

  it('hears nothing more of a collector that it has left', async () => {
    const { link, fakes } = setUp()
    const heard = vi.fn()
    link.onChange(heard)
    link.need()
    await link.ready()
    link.again()
    await settle()
    fakes[0]?.changes.tell({ features: [], runs: 1, signals: 0 })
    fakes[0]?.states.tell('lost')
    expect(heard).not.toHaveBeenCalled()
    expect(link.state.status).toBe('attached')
  })
})
