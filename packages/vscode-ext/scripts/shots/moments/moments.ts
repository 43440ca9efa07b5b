import type { Page } from 'playwright-core'

/** What a moment's steps can do. */
export interface Stage {
  readonly page: Page
  /** Opens the ticket or the digest, with this weather and pace for what is asked from now on. */
  open(place: '#/tickets/1042' | '#/digest', weather?: string, speed?: number): Promise<void>
  weather(weather: string, speed?: number): Promise<void>
  /** Presses the first button of a feature: that which asks. */
  ask(feature: Feature): Promise<void>
  settled(feature: Feature): Promise<void>
  /** The line of the feature says this. */
  says(feature: Feature, moment: string): Promise<void>
}

export type Feature = 'draft' | 'labels' | 'digest'

/** A change of controls that holds while a moment is photographed. */
export interface Flip {
  readonly feature: string
  readonly change: Readonly<Record<string, unknown>>
  readonly back: Readonly<Record<string, unknown>>
}

/** One moment of a run, and how a user gets there. */
export interface ShotMoment {
  readonly name: string
  /** In force from the start. */
  readonly before?: Flip
  /** Thrown once every page is under way. */
  readonly during?: Flip
  readonly steps: (stage: Stage) => Promise<void>
  /** After `during`. */
  readonly end?: (stage: Stage) => Promise<void>
}

const TICKET = '#/tickets/1042'
const DIGEST = '#/digest'

async function drafted({ open, ask, settled }: Stage, weather = 'calm'): Promise<void> {
  await open(TICKET, weather, 4)
  await ask('draft')
  await settled('draft')
}

async function digested({ open, ask, settled }: Stage, weather: string): Promise<void> {
  await open(DIGEST, weather, 8)
  await ask('digest')
  await settled('digest')
}

const level = (feature: string, to: number): Flip => ({
  feature,
  change: { 'max-level': to },
  back: { 'max-level': 5 },
})

const DRAFTS_OFF: Flip = {
  feature: 'draft-reply',
  change: { enabled: false },
  back: { enabled: true },
}

/** Every moment of the closed list, in its order, then states of the two features that have more to show. */
export const SHOT_MOMENTS: readonly ShotMoment[] = [
  {
    name: 'waiting',
    async steps({ page, open, ask, says }) {
      await page.clock.install()
      await open(TICKET, 'slow', 0.1)
      // Time stands still, so that the moment does not pass while it is photographed.
      await page.clock.pauseAt(Date.now() + 5_000)
      await ask('draft')
      await says('draft', 'waiting')
      // A few frames, in which the answer's place is drawn.
      await page.clock.runFor(50)
    },
  },
  {
    name: 'slow',
    async steps({ open, ask, says }) {
      await open(TICKET, 'slow', 0.25)
      await ask('draft')
      await says('draft', 'slow')
    },
  },
  { name: 'limited', before: level('draft-reply', 3), steps: (stage) => drafted(stage) },
  {
    name: 'cached',
    async steps(stage) {
      await drafted(stage)
      await stage.weather('down')
      await stage.ask('draft')
      await stage.says('draft', 'cached')
    },
  },
  { name: 'replaced', steps: (stage) => drafted(stage, 'cut-off') },
  { name: 'incomplete', steps: (stage) => digested(stage, 'cut-off') },
  { name: 'refused', steps: (stage) => digested(stage, 'refusal') },
  { name: 'template', steps: (stage) => drafted(stage, 'down') },
  { name: 'omitted', before: level('draft-reply', 1), steps: (stage) => drafted(stage) },
  {
    name: 'disabled',
    during: DRAFTS_OFF,
    async steps({ page, open, ask }) {
      await open(TICKET, 'calm', 0.3)
      await ask('draft')
      await page.locator('.draft[data-phase="streaming"]').waitFor()
    },
    end: ({ says }) => says('draft', 'disabled'),
  },
  {
    name: 'offline',
    async steps({ page, open, ask, says }) {
      await open(DIGEST)
      await page.context().setOffline(true)
      await ask('digest')
      await says('digest', 'offline')
    },
  },
  { name: 'retry', steps: (stage) => digested(stage, 'down') },
  { name: 'disclosure', steps: (stage) => drafted(stage) },
  {
    name: 'feedback.ask',
    async steps(stage) {
      await drafted(stage)
      await stage.page.locator('.draft .evenkeel-feedback button').first().focus()
    },
  },
  {
    name: 'feedback.reasons',
    async steps(stage) {
      await drafted(stage)
      await stage.page.locator('.draft .evenkeel-feedback button').nth(1).click()
      await stage.page.locator('.draft .evenkeel-reasons button').first().click()
    },
  },
  {
    name: 'feedback.thanks',
    async steps(stage) {
      await drafted(stage)
      await stage.page.locator('.draft .evenkeel-feedback button').first().click()
    },
  },
  {
    name: 'sorting',
    async steps({ open, ask, says, page }) {
      await page.clock.install()
      await open(TICKET, 'slow', 0.1)
      await page.clock.pauseAt(Date.now() + 5_000)
      await ask('labels')
      await says('labels', 'waiting')
    },
  },
  {
    name: 'sorted',
    async steps({ open, ask, settled }) {
      await open(TICKET, 'calm', 4)
      await ask('labels')
      await settled('labels')
    },
  },
  {
    name: 'sorted-by-keywords',
    async steps({ open, ask, settled }) {
      await open(TICKET, 'down')
      await ask('labels')
      await settled('labels')
    },
  },
  { name: 'digest-first', steps: ({ open }) => open(DIGEST) },
  {
    name: 'digest-progress',
    async steps({ open, ask, page }) {
      await open(DIGEST, 'calm', 0.4)
      await ask('digest')
      await page.locator('.digest-steps li[aria-current]').waitFor()
      await page.waitForTimeout(1_200)
    },
  },
  { name: 'digest', steps: (stage) => digested(stage, 'calm') },
  {
    name: 'weather',
    async steps({ open, page }) {
      await open(TICKET)
      await page.locator('.demo-rail').click()
    },
  },
  {
    name: 'list',
    async steps({ page, open }) {
      await open(TICKET)
      await page.evaluate(() => {
        location.hash = ''
      })
      await page.waitForTimeout(300)
    },
  },
]
