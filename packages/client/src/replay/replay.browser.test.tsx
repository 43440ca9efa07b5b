import type { RunRecord } from '@evenkeel/shared'
import { expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { Notice } from '../react/notice.tsx'
import { StreamedText } from '../react/streamed-text.tsx'
import { featureForTests } from '../run/feature.test.kit.ts'
import { scriptedRecord } from '../testing/scripted-record.ts'
import { IDLE_STATE } from '../testing/scripted-run.ts'
import { replayRun } from './replay-run.ts'

const record: RunRecord = {
  ...scriptedRecord(featureForTests(), { ...IDLE_STATE, runId: 'a'.repeat(32), outcome: 'answered' }, ''),
  settledMs: 3_000,
  firstTokenMs: 1_000,
  completeMs: 3_000,
  answerLength: 25,
  timeline: 'rs.a,rs.f',
  moments: [
    { moment: 'waiting', atMs: 0, deck: null },
    { moment: 'slow', atMs: 500, deck: null },
    { moment: 'disclosure', atMs: 1_000, deck: null },
  ],
}

it('feeds the real components: their blocks and their notices, as far as the run had come', async () => {
  const replay = replayRun(record)
  const screen = await render(
    <>
      <StreamedText run={replay.run} />
      <Notice run={replay.run} words={{ slow: 'Still on it.', disclosure: 'Written by AI.' }} />
    </>,
  )
  const blocks = () => screen.container.textContent?.replace(/[^▒]/g, '').length ?? 0
  replay.seek(700)
  await expect.element(screen.getByText('Still on it.')).toBeVisible()
  expect(blocks()).toBe(0)
  replay.seek(1_500)
  await expect.element(screen.getByText('Written by AI.')).toBeVisible()
  await expect.poll(blocks).toBeGreaterThan(5)
  const half = blocks()
  replay.seek(3_000)
  await expect.poll(blocks).toBeGreaterThan(half)
  replay.seek(700)
  await expect.poll(blocks).toBe(0)
  await expect.element(screen.getByText('Still on it.')).toBeVisible()
})
