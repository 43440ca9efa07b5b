import type { Defect } from '../plant.ts'
import type { LayerName } from './book.ts'
import type { Scenario } from './layer.ts'
import { flags, serverControls } from './layers/flags.ts'
import { ingest, rateLimit } from './layers/ingesting.ts'
import { keptAnswers } from './layers/kept-answers.ts'
import { journal, queue } from './layers/left-behind.ts'
import { levelState } from './layers/level-state.ts'
import { queryCache, replay } from './layers/one-page.ts'
import { reloadNote, resume } from './layers/resuming.ts'
import { switching } from './layers/switching.ts'

/** A defect, what has to bring it to light, and the layer whose checks have to notice it. */
export interface PlantedDefect extends Defect {
  readonly broughtBy: Scenario
  readonly noticedBy: LayerName
}

const CLIENT = 'client/src'
const SERVER = 'shared/src/server'

/** Mistakes that are easily made with what several tenants and users share. */
export const PLANTED: readonly PlantedDefect[] = [
  {
    name: 'a cache key without the tenant',
    file: `${CLIENT}/cache/answer-cache.ts`,
    from: '[FORM, tenant, user, feature.id,',
    to: '[FORM, user, feature.id,',
    broughtBy: keptAnswers,
    noticedBy: 'kept answers',
  },
  {
    name: 'a cache key without the user',
    file: `${CLIENT}/cache/answer-cache.ts`,
    from: '[FORM, tenant, user, feature.id,',
    to: '[FORM, tenant, feature.id,',
    broughtBy: keptAnswers,
    noticedBy: 'kept answers',
  },
  {
    name: 'a cache that knows no tenants',
    file: `${CLIENT}/cache/answer-cache.ts`,
    from: 'const { tenant, user } = world.scope',
    to: 'const { tenant, user } = { ...world.scope, tenant: null }',
    broughtBy: keptAnswers,
    noticedBy: 'kept answers',
  },
  {
    name: 'what was kept for another stays',
    file: `${CLIENT}/cache/answer-cache.ts`,
    from: "await purge('scope', (entry) => entry.scope !== scope)",
    to: '',
    broughtBy: switching,
    noticedBy: 'switch in an open tab',
  },
  {
    name: 'an answer that comes when its session is over is kept',
    file: `${CLIENT}/run/engine.ts`,
    from: 'world.caching.isOver = true',
    to: '',
    broughtBy: switching,
    noticedBy: 'switch in an open tab',
  },
  {
    name: 'what waits is sent when its session is over',
    file: `${CLIENT}/run/engine.ts`,
    from: 'if (sends) await open?.flush()',
    to: 'await open?.flush()',
    broughtBy: switching,
    noticedBy: 'switch in an open tab',
  },
  {
    name: 'a key of the level state without the tenant',
    file: `${CLIENT}/health/health-key.ts`,
    from: 'JSON.stringify([tenant, user])',
    to: 'JSON.stringify([tenant && null, user])',
    broughtBy: levelState,
    noticedBy: 'level state',
  },
  {
    name: 'a key of the level state without the user',
    file: `${CLIENT}/health/health-key.ts`,
    from: 'JSON.stringify([tenant, user])',
    to: 'JSON.stringify([tenant, user && null])',
    broughtBy: levelState,
    noticedBy: 'level state',
  },
  {
    name: 'entries that know no tenants',
    file: `${CLIENT}/run/open-telemetry.ts`,
    from: 'scope: JSON.stringify([tenant, user])',
    to: 'scope: JSON.stringify([tenant && null, user])',
    broughtBy: queue,
    noticedBy: 'queue',
  },
  {
    name: 'entries that know no users',
    file: `${CLIENT}/run/open-telemetry.ts`,
    from: 'scope: JSON.stringify([tenant, user])',
    to: 'scope: JSON.stringify([tenant, user && null])',
    broughtBy: queue,
    noticedBy: 'queue',
  },
  {
    name: "another's words lie about",
    file: `${CLIENT}/telemetry/sweep.ts`,
    from: "return entry.hasContent ? 'scope' : 'leave'",
    to: "return 'leave'",
    broughtBy: queue,
    noticedBy: 'words in the queue',
  },
  {
    name: "another's run under way is taken for one's own",
    file: `${CLIENT}/telemetry/sweep.ts`,
    from: "if (entry.scope === scope) return 'adopt'",
    to: "if (entry.scope === scope || entry.kind === 'run') return 'adopt'",
    broughtBy: journal,
    noticedBy: 'journal',
  },
  {
    name: 'a reload note that says nothing of whose it is',
    file: `${CLIENT}/run/pick-up.ts`,
    from: '[run.reloading.scope, run.feature.id, options.entity]',
    to: '[run.feature.id, options.entity]',
    broughtBy: reloadNote,
    noticedBy: 'reload note',
  },
  {
    name: 'a reload note without the tenant',
    file: `${CLIENT}/run/create-run.ts`,
    from: 'return JSON.stringify([tenant, user])',
    to: 'return JSON.stringify([tenant && null, user])',
    broughtBy: reloadNote,
    noticedBy: 'reload note',
  },
  {
    name: 'whoever knows the id has the answer',
    file: `${SERVER}/resume/memory-store.ts`,
    from: 'return JSON.stringify([scope, answer])',
    to: 'return JSON.stringify([scope && null, answer])',
    broughtBy: resume,
    noticedBy: 'resume',
  },
  {
    name: 'the server believes the page',
    file: `${SERVER}/ingest.ts`,
    from: 'return JSON.stringify(identified)',
    to: 'return text',
    broughtBy: ingest,
    noticedBy: 'ingest',
  },
  {
    name: 'the server believes the page in the tenant',
    file: `${SERVER}/identity.ts`,
    from: '{ [RUN.tenant]: tenant, [RUN.user]: user }',
    to: '{ ...(tenant === null ? { [RUN.tenant]: tenant } : {}), [RUN.user]: user }',
    broughtBy: ingest,
    noticedBy: 'ingest',
  },
  {
    name: 'the server believes what stands on a resource',
    file: `${SERVER}/identity.ts`,
    from: ', ...withoutClaims(group.resource, claims)',
    to: '',
    broughtBy: ingest,
    noticedBy: 'ingest',
  },
  {
    name: 'the users of a name share what may be sent',
    file: `${SERVER}/ingest.ts`,
    from: 'waitOf(JSON.stringify([identity?.tenant, identity?.user]))',
    to: 'waitOf(JSON.stringify([identity?.user]))',
    broughtBy: rateLimit,
    noticedBy: 'rate limit',
  },
  {
    name: 'the users of a tenant share what may be sent',
    file: `${SERVER}/ingest.ts`,
    from: 'waitOf(JSON.stringify([identity?.tenant, identity?.user]))',
    to: 'waitOf(JSON.stringify([identity?.tenant]))',
    broughtBy: rateLimit,
    noticedBy: 'rate limit',
  },
  {
    name: 'kept flags are whoever looks',
    file: `${CLIENT}/control/flag-feed.ts`,
    from: 'of === name && Date.now()',
    to: 'of !== null && Date.now()',
    broughtBy: flags,
    noticedBy: 'kept flags',
  },
  {
    name: 'a channel that bears no name of whose it is',
    file: `${CLIENT}/control/flag-feed.ts`,
    from: 'outside.openChannel(name)',
    to: "outside.openChannel('evenkeel.flags')",
    broughtBy: flags,
    noticedBy: "tabs' channel",
  },
  {
    name: 'flags that know no tenants',
    file: `${CLIENT}/control/create-controls.ts`,
    from: 'scope: JSON.stringify([tenant, user])',
    to: 'scope: JSON.stringify([tenant && null, user])',
    broughtBy: flags,
    noticedBy: "tabs' channel",
  },
  {
    name: 'everybody is told the flags of the first who asked',
    file: `${SERVER}/controls/flags-handler.ts`,
    from: 'evaluateBulk(controls, features, (await options.identify?.(request)) ?? NOBODY)',
    to: 'evaluateBulk(controls, features, (first ??= (await options.identify?.(request)) ?? NOBODY))\n  let first: Identity | undefined',
    broughtBy: flags,
    noticedBy: 'flags',
  },
  {
    name: 'what was in force last knows no tenants',
    file: `${SERVER}/controls/last-good.ts`,
    from: '[feature, tenant, user, cohort]',
    to: '[feature, tenant && null, user, cohort]',
    broughtBy: serverControls,
    noticedBy: "server's controls",
  },
  {
    name: 'replays share their text',
    file: `${CLIENT}/replay/replay-run.ts`,
    from: 'const text = createTextBuffer()',
    to: 'const text = (Object.assign(globalThis, { shared: Reflect.get(globalThis, "shared") ?? createTextBuffer() }) as never as { shared: ReturnType<typeof createTextBuffer> }).shared',
    broughtBy: replay,
    noticedBy: 'replay',
  },
  {
    name: 'one entry of the query cache for everybody',
    file: `${CLIENT}/query/ai-query-options.ts`,
    from: '    ...scope,\n',
    to: '',
    broughtBy: queryCache,
    noticedBy: 'query cache',
  },
]
