import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SESSIONS, type Session } from './sessions.ts'

/** A flagd file in which everybody has a notice and a prompt of their own. */
export interface NoticeFile {
  readonly path: string
  /** Writes the next edition of all notices, as a deployment does it. */
  edit(edition: number): void
  remove(): void
}

export const noticeOf = ({ word }: Session, edition: number) => `${word} hears notice ${edition}`

export function createNoticeFile(): NoticeFile {
  const folder = mkdtempSync(join(tmpdir(), 'scopes-'))
  const path = join(folder, 'flags.json')
  const edit = (edition: number) => {
    const flags = {
      'draft.notice': perSession((session) => noticeOf(session, edition), { public: true }),
      'draft.prompt': perSession(({ word }) => word),
    }
    writeFileSync(`${path}.new`, JSON.stringify({ flags }))
    renameSync(`${path}.new`, path)
  }
  edit(1)
  return { path, edit, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function perSession(wordsOf: (session: Session) => string, metadata: object = {}) {
  const is = (name: string, value: string) => ({ '==': [{ var: name }, value] })
  return {
    state: 'ENABLED',
    variants: { nobody: '', ...Object.fromEntries(SESSIONS.map((each) => [each.name, wordsOf(each)])) },
    defaultVariant: 'nobody',
    targeting: {
      if: SESSIONS.flatMap(({ name, tenant, user }) => [
        { and: [is('tenant', tenant), is('user', user)] },
        name,
      ]),
    },
    metadata,
  }
}
