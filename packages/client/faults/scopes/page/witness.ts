import { signedIn } from './session.ts'

/** What was to be seen or heard in a tab, and who was signed in there at that time. */
export interface Seen {
  readonly session: string
  readonly text: string
}

export interface Witness {
  /** Everything that stood on the page. */
  readonly drawn: readonly Seen[]
  /** Everything that came by any channel from another tab. */
  readonly heard: readonly Seen[]
}

/** Looks at the page and listens to its channels by the browser's own means, before the library has any of them. */
export function watchTab(): Witness {
  const drawn = new Map<string, Seen>()
  const heard: Seen[] = []
  const look = () => {
    const { name } = signedIn()
    const text = document.body.innerText
    drawn.set(`${name} ${text}`, { session: name, text })
  }
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true })

  const { BroadcastChannel } = globalThis
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name)
      this.addEventListener('message', ({ data }) => {
        heard.push({ session: signedIn().name, text: JSON.stringify(data) })
      })
    }
  }
  return {
    get drawn() {
      return [...drawn.values()]
    },
    heard,
  }
}
