import { readFile, stat } from 'node:fs/promises'

export interface WatchedFile {
  /** Reads it now where it has changed. */
  look(): Promise<void>
  close(): void
}

/**
 * Reads a file at once and whenever it changes. It looks at the file's time, size and number rather
 * than waiting for the system's events, because those differ by system, miss what comes through a
 * mount, and end when an editor or a rename puts another file in its place.
 */
export function watchFile(
  path: string,
  everyMs: number,
  listener: { onText(text: string): void; onError(error: unknown): void },
): WatchedFile {
  let seen = ''
  let looking: Promise<void> | null = null
  let isClosed = false

  async function read(): Promise<void> {
    try {
      const { mtimeMs, size, ino } = await stat(path)
      const mark = `${mtimeMs} ${size} ${ino}`
      if (mark === seen) return
      const text = await readFile(path, 'utf8')
      if (isClosed) return
      seen = mark
      listener.onText(text)
    } catch (error) {
      if (isClosed) return
      // Told once, not each quarter of a second.
      const mark = `${error instanceof Error && 'code' in error ? error.code : error}`
      if (mark !== seen) listener.onError(error)
      seen = mark
    }
  }
  const look = () => {
    looking ??= read().finally(() => {
      looking = null
    })
    return looking
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return {
    look,
    close() {
      isClosed = true
      clearInterval(timer)
    },
  }
}
