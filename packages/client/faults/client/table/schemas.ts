import { whole } from '../behaviour.ts'
import { answered, omitted, rescued, templated } from '../expected.ts'
import type { Fault } from '../fault.ts'
import { VIOLATING } from '../texts.ts'

const isStructured = () => ({ isStructured: true })

/** Structured answers that are not as the feature's schema wants them. */
export const schemaFaults: readonly Fault[] = [
  {
    name: 'schema violation once',
    plan: isStructured,
    behaves: (text) => [whole(VIOLATING), whole(text)],
    expect: () => ({ ...answered, attempts: ['primary schema', 'primary ok'], requests: [2, 0] }),
  },
  {
    name: 'schema violation twice',
    plan: isStructured,
    behaves: () => [whole(VIOLATING)],
    expect: (scope) => {
      const twice = ['primary schema', 'primary schema']
      const both = [...twice, 'fast schema', 'fast schema']
      if (scope === 'primary') {
        return { ...rescued('schema'), attempts: [...twice, 'fast ok'], requests: [2, 1] }
      }
      return scope === 'all'
        ? { ...templated('schema'), attempts: [...both, 'template ok'], requests: [2, 2] }
        : { ...omitted('retry', 'schema'), attempts: [...both, 'omit ok'], requests: [2, 2] }
    },
  },
]
