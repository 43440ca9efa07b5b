import { expect, it } from 'vitest'
import { DAY_MS } from '../engine/contract.ts'
import { createFakeSource, figuresOf } from './fake-source.ts'
import { lensLine } from './feature-lens-lines.ts'
import type { FiguresState } from './figures-store.ts'
import type { LinkState } from './link.ts'

const attached: LinkState = {
  status: 'attached',
  source: createFakeSource(),
  workspace: '/product',
  url: 'http://127.0.0.1:1',
}
const problem = { error: 'It went away.', hint: 'Start it.' }
const figures: FiguresState = {
  loaded: true,
  environments: [],
  environment: 'production',
  windowMs: DAY_MS,
  features: [],
  error: null,
}

it.each<[string, LinkState, Partial<FiguresState>]>([
  ['reading figures …', { status: 'attaching' }, { loaded: false }],
  ['no runs · production · 24 h', attached, {}],
  ['no figures: the collector does not answer', { status: 'failed', error: problem }, { error: problem }],
  ['no figures: this workspace is not trusted', { status: 'off', why: 'untrusted' }, { loaded: false }],
  [
    'p95 first token 612 ms (budget 500) · fallback 7.2 % · down 3.1 % · 12.4 k runs · production · 24 h',
    { status: 'failed', error: problem },
    { features: [figuresOf('draft-reply')], error: problem },
  ],
])('a lens says: %s', (line, link, changes) => {
  expect(lensLine('draft-reply', link, { ...figures, ...changes })).toBe(line)
})

it("a lens shows no other feature's figures", () => {
  expect(lensLine('draft', attached, { ...figures, features: [figuresOf('draft-reply')] })).toBe(
    'no runs · production · 24 h',
  )
})
