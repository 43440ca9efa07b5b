import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { next } from './controller.ts'
import { declaredLevels } from './declared-levels.ts'
import { createPatient, eventsArbitrary, FIVE, levelsArbitrary, unitsAfter } from './health.test.kit.ts'
import { HEALTH_POLICY as POLICY } from './health-policy.ts'
import { current, outlookOf } from './outlook.ts'

type Patient = ReturnType<typeof createPatient>

const outlook = ({ unit, nowMs }: Patient, levels = FIVE) =>
  outlookOf(current(unit, nowMs, POLICY), nowMs, POLICY, levels)

/** Asks at the level that is offered, and fails. */
function failOnce(patient: Patient, retryAfterMs: number | null = null): void {
  patient.fail(patient.ask(outlook(patient).offered), retryAfterMs)
}

function answerOnce(patient: Patient): void {
  patient.answer(patient.ask(outlook(patient).offered))
}

function failTimes(patient: Patient, times: number): void {
  for (let count = 0; count < times; count += 1) failOnce(patient)
}

describe('the level', () => {
  it('stays where it is after one failure, and after failures with answers between them', () => {
    const patient = createPatient()
    for (let count = 0; count < 10; count += 1) {
      failOnce(patient)
      answerOnce(patient)
    }
    expect(patient.unit).toMatchObject({ level: 5, breaker: 'closed' })
  })

  it('steps down with the second failure in a row', () => {
    const patient = createPatient()
    failTimes(patient, 2)
    expect(patient.unit?.level).toBe(4)
    expect(outlook(patient)).toMatchObject({ local: 4, offered: 4, breaker: 'closed' })
  })

  it('is offered one higher to the one run that comes after the cool-down, and rises when that is good', () => {
    const patient = createPatient()
    failTimes(patient, 2)
    patient.wait(POLICY.coolDownMs - 1)
    expect(outlook(patient).offered).toBe(4)
    patient.wait(1)
    expect(outlook(patient).offered).toBe(5)
    const probe = patient.ask(5)
    expect(outlook(patient).offered).toBe(4)
    patient.answer(probe)
    expect(patient.unit?.level).toBe(5)
  })

  it('does not rise by a good run that was asked before the cool-down was over', () => {
    const patient = createPatient()
    failTimes(patient, 2)
    const early = patient.ask(4)
    patient.wait(POLICY.coolDownMs)
    patient.answer(early)
    expect(patient.unit?.level).toBe(4)
  })

  it('does not rise by a good run at a lower level than the one it would rise to', () => {
    const patient = createPatient()
    failTimes(patient, 2)
    patient.wait(POLICY.coolDownMs)
    patient.answer(patient.ask(3))
    expect(patient.unit?.level).toBe(4)
  })

  it('cools down anew after a failed probe, and longer', () => {
    const patient = createPatient()
    failTimes(patient, 2)
    answerOnce(patient)
    patient.wait(POLICY.coolDownMs)
    failOnce(patient)
    answerOnce(patient)
    patient.wait(POLICY.coolDownMs)
    expect(outlook(patient)).toMatchObject({ local: 4, offered: 4 })
    patient.wait(POLICY.coolDownMs * (POLICY.coolDownFactor - 1))
    expect(outlook(patient).offered).toBe(5)
  })

  it('takes longer to come back each time it falls again soon after it rose', () => {
    const patient = createPatient()
    const waits: number[] = []
    for (let count = 0; count < 4; count += 1) {
      failTimes(patient, 2)
      const before = patient.nowMs
      while (outlook(patient).offered < 5) patient.wait(1_000)
      waits.push(patient.nowMs - before)
      answerOnce(patient)
    }
    expect(waits).toEqual([60_000, 240_000, 240_000, 240_000])
  })

  it('does not fall below the highest level that asks no model, because that spares the server nothing', () => {
    const patient = createPatient()
    const levels: (number | undefined)[] = []
    for (let count = 0; count < 5; count += 1) {
      patient.fail(patient.ask(5))
      patient.fail(patient.ask(5))
      patient.answer(patient.ask(5))
      levels.push(patient.unit?.level)
    }
    expect(levels).toEqual([4, 3, 2, 2, 2])
    expect(outlook(patient).offered).toBe(2)
    patient.wait(POLICY.coolDownWithoutModelMs)
    expect(outlook(patient).offered).toBe(3)
  })

  it('stays where it is while the breaker is open: the server is spared already', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    for (let count = 0; count < 10; count += 1) {
      patient.wait(POLICY.longestOpenMs * 1.25)
      failOnce(patient)
    }
    expect(patient.unit).toMatchObject({ level: 4, breaker: 'open' })
  })

  it('rises only after the breaker has closed', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    patient.wait(POLICY.coolDownMs)
    expect(outlook(patient)).toMatchObject({ breaker: 'half-open', offered: 4 })
    answerOnce(patient)
    expect(outlook(patient)).toMatchObject({ breaker: 'closed', local: 4, offered: 5 })
  })

  it('rises with the probe that closes the breaker where its own runs ask no model', () => {
    const levels = declaredLevels({
      levels: [
        { level: 5, name: 'on', startAt: 'model', told: false },
        { level: 2, name: 'ready-made', startAt: 'template', told: true },
      ],
    })
    const patient = createPatient(levels)
    for (let count = 0; count < 3; count += 1) patient.fail(patient.ask(5))
    patient.wait(POLICY.coolDownWithoutModelMs)
    expect(outlook(patient, levels)).toMatchObject({ breaker: 'half-open', local: 2, offered: 5 })
    patient.answer(patient.ask(5))
    expect(patient.unit).toMatchObject({ level: 5, breaker: 'closed' })
  })

  it('does not rise two levels when others failed while its probe was under way', () => {
    const patient = createPatient()
    failTimes(patient, 2)
    answerOnce(patient)
    patient.wait(POLICY.coolDownMs)
    const probe = patient.ask(5)
    failTimes(patient, 2)
    expect(patient.unit?.level).toBe(3)
    patient.answer(probe)
    expect(patient.unit?.level).toBe(3)
  })

  it('steps from the first to the second where a feature declares two, and back with one good probe', () => {
    const levels = declaredLevels({
      levels: [
        { level: 5, name: 'on', startAt: 'model', told: false },
        { level: 1, name: 'off', startAt: 'omit', told: true },
      ],
    })
    const patient = createPatient(levels)
    patient.fail(patient.ask(5))
    patient.fail(patient.ask(5))
    expect(patient.unit?.level).toBe(1)
    patient.wait(POLICY.coolDownWithoutModelMs)
    expect(outlook(patient, levels)).toMatchObject({ local: 1, offered: 5 })
    patient.answer(patient.ask(5))
    expect(patient.unit?.level).toBe(5)
  })
})

describe('the breaker', () => {
  it('opens with the third failure in a row, and lets nothing through', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    expect(outlook(patient).breaker).toBe('open')
    patient.wait(POLICY.openMs - 1)
    expect(outlook(patient).breaker).toBe('open')
    patient.wait(1)
    expect(outlook(patient).breaker).toBe('half-open')
  })

  it('lets one probe through when half open, and closes when that is good', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    patient.wait(POLICY.openMs)
    const probe = patient.ask(4)
    expect(outlook(patient).breaker).toBe('open')
    patient.answer(probe)
    expect(outlook(patient).breaker).toBe('closed')
    expect(patient.unit).toMatchObject({ streak: 0, openings: 0 })
  })

  it('opens for twice as long after each failed probe, up to its longest', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    const waits: number[] = []
    for (let count = 0; count < 4; count += 1) {
      const before = patient.nowMs
      while (outlook(patient).breaker === 'open') patient.wait(500)
      waits.push(patient.nowMs - before)
      failOnce(patient)
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 20_000])
  })

  it('lets another probe through when the first said nothing, or is not heard of any more', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    patient.wait(POLICY.openMs)
    patient.drop(patient.ask(4))
    expect(outlook(patient).breaker).toBe('half-open')
    patient.ask(4)
    patient.wait(POLICY.probeMs - 1)
    expect(outlook(patient).breaker).toBe('open')
    patient.wait(1)
    expect(outlook(patient).breaker).toBe('half-open')
  })

  it('is not closed by an answer that was asked for before it opened', () => {
    const patient = createPatient()
    const early = patient.ask(5)
    failTimes(patient, 3)
    patient.answer(early)
    expect(outlook(patient).breaker).toBe('open')
  })

  it('counts failures that were asked for before it opened only once', () => {
    const patient = createPatient()
    const asked = Array.from({ length: 8 }, () => patient.ask(5))
    for (const id of asked) patient.fail(id)
    expect(patient.unit).toMatchObject({ level: 4, streak: 3, openings: 1 })
  })

  it('leaves a server alone for as long as it asked, from the first failure on', () => {
    const patient = createPatient()
    failOnce(patient, 30_000)
    patient.wait(30_000)
    // A little longer than asked, so that not all who were told the same come back at once.
    expect(outlook(patient).breaker).toBe('open')
    patient.wait(3_000)
    expect(outlook(patient).breaker).toBe('half-open')
  })

  it('honours no wish that is longer than two minutes, and none of no time', () => {
    const patient = createPatient()
    failOnce(patient, 3_600_000)
    patient.wait(POLICY.longestRetryAfterMs * 1.1)
    expect(outlook(patient).breaker).toBe('half-open')
    const other = createPatient()
    failOnce(other, 0)
    expect(outlook(other).breaker).toBe('closed')
  })

  it('hears a later wish of the server while it is open', () => {
    const patient = createPatient()
    const late = patient.ask(5)
    failTimes(patient, 3)
    patient.fail(late, 60_000)
    patient.wait(59_000)
    expect(outlook(patient).breaker).toBe('open')
  })

  it('is not shut for hours by a clock that was set back', () => {
    const patient = createPatient()
    failTimes(patient, 3)
    patient.wait(-3_600_000)
    expect(outlook(patient)).toMatchObject({ breaker: 'closed', offered: 5 })
  })
})

describe('what the server says of its level', () => {
  it('holds for the next runs until it says something else', () => {
    const patient = createPatient()
    patient.answer(patient.ask(5), 3)
    expect(outlook(patient)).toMatchObject({ offered: 3, by: 'server' })
    patient.answer(patient.ask(3), 4)
    expect(outlook(patient)).toMatchObject({ offered: 4, by: 'server' })
    answerOnce(patient)
    expect(outlook(patient)).toMatchObject({ offered: 5, by: 'local' })
  })

  it('holds for a minute where nothing is heard of it', () => {
    const patient = createPatient()
    patient.answer(patient.ask(5), 2)
    patient.wait(POLICY.serverLevelMs - 1)
    expect(outlook(patient).offered).toBe(2)
    patient.wait(1)
    expect(outlook(patient).offered).toBe(5)
  })
})

describe('retries', () => {
  it('are spent, and earned back by a tenth with each request', () => {
    const patient = createPatient()
    for (let count = 0; count < POLICY.retryBurst; count += 1) patient.ask(5, true)
    expect(patient.unit?.retries).toBe(0)
    for (let count = 0; count < 10; count += 1) answerOnce(patient)
    expect(patient.unit?.retries).toBeCloseTo(1)
    for (let count = 0; count < 100; count += 1) answerOnce(patient)
    expect(patient.unit?.retries).toBe(POLICY.retryBurst)
  })
})

describe('the controller, under any sequence of events', () => {
  it('stays between 1 and 5, and at or above the floor that a feature has', () => {
    fc.assert(
      fc.property(eventsArbitrary, levelsArbitrary, (events, levels) => {
        for (const unit of unitsAfter(events, levels)) {
          const level = unit?.level ?? 5
          expect([1, 2, 3, 4, 5]).toContain(level)
          expect(levels.at(level)).toBeGreaterThanOrEqual(levels.floor)
        }
      }),
    )
  })

  it('changes by one declared level at a time, and never rises before the cool-down is over', () => {
    fc.assert(
      fc.property(eventsArbitrary, levelsArbitrary, (events, levels) => {
        let level = levels.at(5)
        let changedAtMs = 0
        let touchedAtMs = 0
        unitsAfter(events, levels)
          .slice(1)
          .forEach((unit, index) => {
            const atMs = events[index]?.atMs ?? 0
            const isForgotten = atMs - touchedAtMs >= POLICY.keepMs
            const now = levels.at(unit?.level ?? 5)
            if (isForgotten) level = levels.at(5)
            if (now !== level) {
              expect(Math.abs(levels.all.indexOf(now) - levels.all.indexOf(level))).toBe(1)
              const leastMs = levels.asks(level) ? POLICY.coolDownMs : POLICY.coolDownWithoutModelMs
              if (now > level) expect(atMs - changedAtMs).toBeGreaterThanOrEqual(leastMs)
              changedAtMs = atMs
            }
            level = now
            touchedAtMs = atMs
          })
      }),
      { numRuns: 500 },
    )
  })

  it('is back at the highest level after enough good runs, from wherever it was', () => {
    fc.assert(
      fc.property(eventsArbitrary, levelsArbitrary, (events, levels) => {
        let unit = unitsAfter(events, levels).at(-1)
        let atMs = events.at(-1)?.atMs ?? 0
        let runs = 0
        while (runs < 12 && levels.at(current(unit, atMs, POLICY).level) < levels.at(5)) {
          runs += 1
          // Long enough for every wait, and not so long that everything is forgotten.
          atMs += POLICY.longestCoolDownMs
          const { breaker, offered } = outlookOf(
            { ...current(unit, atMs, POLICY), serverUntilMs: 0 },
            atMs,
            POLICY,
            levels,
          )
          expect(breaker).not.toBe('open')
          const id = `good-${runs}`
          unit = next(unit, { type: 'asked', id, atMs, level: offered, isRetry: false }, POLICY, levels)
          unit = next(unit, { type: 'answered', id, atMs, serverLevel: null }, POLICY, levels)
        }
        expect(runs).toBeLessThanOrEqual(5)
      }),
      { numRuns: 300 },
    )
  })

  it('lets exactly one attempt through a half-open breaker, however many ask', () => {
    fc.assert(
      fc.property(eventsArbitrary, fc.array(fc.nat(900), { minLength: 2, maxLength: 20 }), (events, gaps) => {
        let unit = unitsAfter(events).at(-1)
        let atMs = events.at(-1)?.atMs ?? 0
        const look = () => outlookOf(current(unit, atMs, POLICY), atMs, POLICY, FIVE)
        for (let count = 0; look().breaker !== 'open' && count < 3; count += 1) {
          const said = { id: `bad-${count}`, atMs, serverLevel: null, retryAfterMs: null, random: 0 }
          unit = next(unit, { ...said, type: 'failed', failure: 'network' }, POLICY, FIVE)
        }
        // It opens for the third failure, but for a half-open breaker the failures were no probe's.
        fc.pre(look().breaker === 'open' || look().breaker === 'half-open')
        while (look().breaker === 'open') atMs += 1_000
        let admitted = 0
        gaps.forEach((gap, index) => {
          if (look().breaker !== 'open') {
            admitted += 1
            const { offered } = look()
            unit = next(
              unit,
              { type: 'asked', id: `probe-${index}`, atMs, level: offered, isRetry: false },
              POLICY,
              FIVE,
            )
          }
          atMs += gap
        })
        expect(admitted).toBe(1)
      }),
      { numRuns: 300 },
    )
  })

  it('takes the same event told again for the same event, also some events later', () => {
    fc.assert(
      fc.property(eventsArbitrary, fc.nat(6), (events, distance) => {
        const units = unitsAfter(events)
        events.forEach((event, index) => {
          const later = index + 1 + Math.min(distance, events.length - index - 1)
          const unit = units[later]
          const isKnown = unit !== undefined && event.atMs + POLICY.keepMs > (events[later - 1]?.atMs ?? 0)
          if (isKnown && unit.seen.includes(`${event.type} ${event.id}`)) {
            expect(next(unit, event, POLICY, FIVE)).toEqual(unit)
          }
          if (distance === 0) expect(unit?.seen).toContain(`${event.type} ${event.id}`)
        })
      }),
    )
  })

  it('never lets the retries go below none or above their bound', () => {
    fc.assert(
      fc.property(eventsArbitrary, (events) => {
        for (const unit of unitsAfter(events)) {
          expect(unit?.retries ?? 0).toBeGreaterThanOrEqual(0)
          expect(unit?.retries ?? 0).toBeLessThanOrEqual(POLICY.retryBurst)
        }
      }),
    )
  })
})
