import type { Defect } from '../plant.ts'

const file = 'telemetry/sampling.ts'

/** Ways in which a sample lies. Each has to move at least one figure out of its bounds. */
export const PLANTED: readonly Defect[] = [
  {
    name: 'a run that was kept stands for itself alone',
    file,
    from: 'weight: record.weight / rate',
    to: 'weight: record.weight',
  },
  {
    name: 'a run that is always kept stands for as many as the others',
    file,
    from: 'if (isCertain(record) || spoken.has(runId)) return sink.addRun(record)',
    to: 'if (isCertain(record) || spoken.has(runId)) return sink.addRun({ ...record, weight: record.weight / rate })',
  },
  {
    name: 'fallbacks are sampled like the others',
    file,
    from: 'if (isCertain(record) || spoken.has(runId))',
    to: 'if (spoken.has(runId))',
  },
  {
    name: 'a run of which its user spoke while it streamed is sampled like the others',
    file,
    from: 'if (isCertain(record) || spoken.has(runId))',
    to: 'if (isCertain(record))',
  },
  {
    name: 'a run that its user brought back stands for itself, though others stand for it',
    file,
    from: '{ ...record, weight: 0 }',
    to: '{ ...record, weight: 1 / rate }',
  },
  {
    name: 'a signal does not bring its run back',
    file,
    from: 'away.set(runId, record)',
    to: 'void record',
  },
  {
    name: 'signals on runs that were sampled away are dropped',
    file,
    from: '      away.delete(runId)\n      sink.addSignal(signal)',
    to: '      if (!away.delete(runId)) sink.addSignal(signal)',
  },
  {
    name: 'the wrong end of the ids is kept',
    file,
    from: 'return randomness >= 1 - rate',
    to: 'return randomness < rate',
  },
  {
    name: 'dice decide, not the id',
    file,
    from: 'return randomness >= 1 - rate',
    to: 'return (randomness * 7919) % 1 >= 1 - rate',
  },
  {
    name: 'signals weigh as much as a run that was kept',
    file: 'run/create-signal.ts',
    from: '    weight,\n',
    to: '    weight: weight * 10,\n',
  },
  {
    name: 'a thumb given on another day is a second one',
    file: 'run/create-signal.ts',
    from: "kind === 'thumbs' ? subject.runId :",
    to: '',
  },
]
