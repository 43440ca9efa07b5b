import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'

describe('readCommandLine', () => {
  it('has defaults for all but the command', () => {
    expect(readCommandLine(['features'])).toEqual({
      command: 'features',
      subject: '',
      workspace: '.',
      environment: undefined,
      feature: undefined,
      outcome: undefined,
      windowMs: 86_400_000,
      limit: 20,
      json: false,
    })
  })

  it('reads every option', () => {
    const argv =
      'runs --workspace w --environment e --feature f --outcome degraded --hours 2 --limit 3 --json'
    expect(readCommandLine(argv.split(' '))).toMatchObject({
      workspace: 'w',
      environment: 'e',
      feature: 'f',
      outcome: 'degraded',
      windowMs: 7_200_000,
      limit: 3,
      json: true,
    })
  })

  it('reads commands of two words', () => {
    expect(readCommandLine(['run', 'abc'])).toMatchObject({ command: 'run', subject: 'abc' })
    expect(readCommandLine(['collector', 'stop'])).toMatchObject({ command: 'collector stop' })
  })

  it('asks for help where nothing is asked', () => {
    expect(readCommandLine([])).toBeNull()
    expect(readCommandLine(['-h'])).toBeNull()
  })

  it.each([
    [['fetures'], '"fetures" is no command'],
    [['run'], 'Which run?'],
    [['runs', 'more'], 'is no command'],
    [['collector', 'start'], 'is no command'],
    [['runs', '--outcome', 'good'], '"good" is no outcome'],
    [['runs', '--limit', '0'], '--limit must be'],
    [['features', '--hours', 'x'], '--hours must be'],
    [['features', '--nonsense'], '--nonsense'],
  ])('says what is wrong with %j', (argv, message) => {
    expect(() => readCommandLine(argv)).toThrow(message)
  })
})
