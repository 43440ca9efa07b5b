import { createListeners } from '../engine/attach/listeners.ts'
import type { Attachment } from '../engine/attach.ts'
import type { Change } from '../engine/contract.ts'
import { explain, type Link, type LinkState } from './link.ts'

/** A link that attaches to a workspace's collector once somebody needs it. */
export interface WorkspaceLink extends Link {
  /** Somebody looks: attach, unless that has been done. */
  need(): void
  /** Resolves once questions can be asked, or attaching has failed. */
  ready(): Promise<void>
  /** Lets go and attaches anew: other folders, trust given, or somebody asked for it. */
  again(): void
  /** A collector's file has appeared in this folder, which is open or inside an open one. */
  appeared(workspace: string): Promise<void>
  dispose(): Promise<void>
}

/** What the link needs of the world. */
export interface LinkWorld {
  readonly trusted: () => boolean
  readonly chooseWorkspace: () => Promise<string | undefined>
  readonly attach: (workspace: string) => Promise<Attachment>
  readonly setTimeout: (work: () => void, ms: number) => unknown
  readonly clearTimeout: (timer: unknown) => void
}

const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 60_000
/** A collector that is back sooner was hardly gone; a message would only flicker. */
const LOST_AFTER_MS = 1_500

export function createWorkspaceLink(world: LinkWorld): WorkspaceLink {
  const states = createListeners<LinkState>()
  const changes = createListeners<Change>()
  let state: LinkState = { status: 'attaching' }
  let needed = false
  let attachment: Attachment | null = null
  let retryMs = FIRST_RETRY_MS
  let timer: unknown
  /** Counts up with each new start, so that what an older one still brings is let go again. */
  let generation = 0

  const become = (next: LinkState): void => {
    state = next
    states.tell(next)
  }

  const start = async (chosen?: string): Promise<void> => {
    generation += 1
    const mine = generation
    world.clearTimeout(timer)
    const old = attachment
    attachment = null
    void old?.release()
    become({ status: 'attaching' })
    try {
      if (!world.trusted()) return become({ status: 'off', why: 'untrusted' })
      const workspace = chosen ?? (await world.chooseWorkspace())
      if (mine !== generation) return
      if (workspace === undefined) return become({ status: 'off', why: 'no-folder' })
      const got = await world.attach(workspace)
      if (mine !== generation) return void got.release()
      attachment = got
      retryMs = FIRST_RETRY_MS
      follow(got, workspace)
    } catch (error) {
      if (mine !== generation) return
      become({ status: 'failed', error: explain(error) })
      timer = world.setTimeout(() => void start(), retryMs)
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    }
  }

  const follow = (got: Attachment, workspace: string): void => {
    const attached = (): LinkState => ({ status: 'attached', source: got.client, workspace, url: got.url })
    got.onChange((change) => {
      if (attachment === got) changes.tell(change)
    })
    got.onState((next) => {
      if (attachment !== got) return
      world.clearTimeout(timer)
      if (next === 'attached') become(attached())
      else timer = world.setTimeout(() => become({ status: 'lost' }), LOST_AFTER_MS)
    })
    become(attached())
  }

  return {
    get state() {
      return state
    },
    onState: states.add,
    onChange: changes.add,
    need() {
      if (needed) return
      needed = true
      void start()
    },
    ready: () =>
      new Promise((resolve) => {
        const settled = ({ status }: LinkState): boolean => status !== 'attaching' && status !== 'lost'
        if (settled(state)) return resolve()
        const unsubscribe = states.add((next) => {
          if (!settled(next)) return
          unsubscribe()
          resolve()
        })
      }),
    again() {
      needed = true
      retryMs = FIRST_RETRY_MS
      void start()
    },
    async appeared(workspace) {
      // Ours was only started because there was no other; with runs in it, it stays.
      const mine = generation
      const known = attachment
      if (known === null || !known.startedByUs || state.status !== 'attached') return
      if (state.workspace === workspace) return
      const { environments } = await known.client.environments()
      if (mine === generation && environments.length === 0) await start(workspace)
    },
    async dispose() {
      generation += 1
      world.clearTimeout(timer)
      const old = attachment
      attachment = null
      await old?.release()
    },
  }
}
