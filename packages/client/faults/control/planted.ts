import type { Defect } from '../plant.ts'

const CLIENT = 'client/src'
const SERVER = 'shared/src/server'
const FLAGS = 'shared/src/flags'

/** Mistakes that are easily made with flags. Each has to be noticed by at least one measurement. */
export const PLANTED: readonly Defect[] = [
  {
    name: 'every tab holds an event stream of its own',
    file: `${CLIENT}/control/stream-holder.ts`,
    from: 'const end = queue.join(() => {',
    to: 'const end = ((onTurn: () => void) => { setTimeout(onTurn); return () => {} })(() => {',
  },
  {
    name: 'what is pushed to one tab is not told to the others',
    file: `${CLIENT}/control/flag-feed.ts`,
    from: 'post({ evaluation: whole })',
    to: '',
  },
  {
    name: 'nobody asks while the stream is silent',
    file: `${CLIENT}/control/flag-feed.ts`,
    from: 'cancelPoll = outside.setTimeout(poll,',
    to: 'outside.setTimeout(() => {},',
  },
  {
    name: 'a running answer does not hear of the switch',
    file: `${CLIENT}/run/execution.ts`,
    from: 'stopWatching = world.onLevels(() => safely(onControls))',
    to: '',
  },
  {
    name: 'a feature that is off is asked all the same',
    file: `${CLIENT}/run/execution.ts`,
    from: 'if (controls.enabled) {',
    to: 'if (true) {',
  },
  {
    name: 'the server believes the context that a browser sends',
    file: `${SERVER}/controls/flags-handler.ts`,
    from: '(await options.identify?.(request)) ?? NOBODY',
    to: '{ ...(await options.identify?.(request)), ...(await request.clone().json().catch(() => ({}))).context }',
  },
  {
    name: 'the server takes the prompt from a header',
    file: `${SERVER}/with-evenkeel.ts`,
    from: 'const inForce = await controls.of(id, identity)',
    to: "const claimed = request.headers.get('evenkeel-prompt'); const inForce = { ...(await controls.of(id, identity)), ...(claimed === null ? {} : { prompt: claimed }) }",
  },
  {
    name: 'the server does not look at the switch',
    file: `${SERVER}/with-evenkeel.ts`,
    from: 'if (!inForce.enabled) {',
    to: 'if (inForce === null) {',
  },
  {
    name: 'the server does not end what is under way',
    file: `${SERVER}/with-evenkeel.ts`,
    from: 'killSwitch.watch(controls, id, identity, whenKilled)',
    to: '',
  },
  {
    name: 'anybody is an operator',
    file: `${SERVER}/controls/control-handler.ts`,
    from: 'const operator = await options.operator(request)',
    to: "const operator = (await options.operator(request)) ?? { actor: '?', role: '?', tenant: null }",
  },
  {
    name: 'a flip is told with the next sign of life only',
    file: `${SERVER}/controls/flag-events.ts`,
    from: 'const stop = controls.onChange(lookSoon)',
    to: 'const stop = () => {}',
  },
  {
    name: 'the first evaluation is kept for good',
    file: `${SERVER}/controls/last-good.ts`,
    from: 'const now = next(held.get(key))',
    to: 'const now = held.get(key) ?? next(undefined)',
  },
  {
    name: 'server-side controls that are marked public are told',
    file: `${SERVER}/controls/bulk-evaluation.ts`,
    from: '&& !hidden.has(key) && !isServerOnly(key)',
    to: '',
  },
  {
    name: 'every flag is told',
    file: `${FLAGS}/evaluator.ts`,
    from: 'flagMetadata.public === true',
    to: 'flagMetadata !== null',
  },
  {
    name: 'an edit of the file is not seen',
    file: `${FLAGS}/watch-file.ts`,
    from: 'setInterval(() => void look(), everyMs)',
    to: 'setInterval(() => {}, everyMs)',
  },
  {
    name: 'each stage of a rollout draws its users anew',
    file: `${FLAGS}/rollout.ts`,
    from: 'fractional: [',
    to: "fractional: [{ cat: [String(weight), { var: 'targetingKey' }] },",
  },
  {
    name: 'a rollout reaches more than was asked for',
    file: `${FLAGS}/rollout.ts`,
    from: 'Math.round((percent / 100) * WHOLE)',
    to: 'Math.min(WHOLE, Math.round((percent / 90) * WHOLE))',
  },
]
