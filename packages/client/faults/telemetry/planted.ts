import type { Defect } from '../plant.ts'
import type { DrillName } from './drills.ts'

const TELEMETRY = 'client/src/telemetry'
const SERVER = 'shared/src/server'

/** Mistakes that are easily made on the way of a record, and the drill that has to notice each. */
export const PLANTED: readonly (Defect & { readonly noticedBy: DrillName })[] = [
  {
    name: 'a run is written down when it has settled only',
    file: `${TELEMETRY}/telemetry.ts`,
    from: 'open.has(runId) && storage.write([entry])',
    to: 'open.has(runId) && entry.key',
    noticedBy: 'a page crashes in the middle of its answers',
  },
  {
    name: 'nobody sweeps',
    file: `${TELEMETRY}/sweep.ts`,
    from: 'for (const entry of adopted) queue.add(entry, true)',
    to: '',
    noticedBy: 'a page crashes in the middle of its answers',
  },
  {
    name: 'pages that are here are swept too',
    file: `${TELEMETRY}/sweep.ts`,
    from: '!present.has(entry.owner)',
    to: 'true',
    noticedBy: 'another tab is opened while an answer is written',
  },
  {
    name: 'nothing is handed to the browser on the way out',
    file: `${TELEMETRY}/telemetry.ts`,
    from: 'queue.onLeave()',
    to: '',
    noticedBy: 'a page goes in the middle of its answers, and nobody comes after it',
  },
  {
    name: 'a page on its way out says nothing of its running answers',
    file: `${TELEMETRY}/telemetry.ts`,
    from: 'for (const draft of open.values())',
    to: 'for (const draft of [] as OpenRun["draft"][])',
    noticedBy: 'a page goes in the middle of its answers, and nobody comes after it',
  },
  {
    name: 'what the browser fails because its page is left is taken for a server that wants patience',
    file: `${TELEMETRY}/queue.ts`,
    from: 'if (isAsked && isStored) return',
    to: 'if (failures > 0 && isStored) return',
    noticedBy: 'a page goes while a batch is under way, and nobody comes after it',
  },
  {
    name: 'each telling of a run has a root of its own',
    file: 'client/src/run/execution.ts',
    from: '      spanId,\n      feature: feature.id,',
    to: '      spanId: newSpanId(randomBytes),\n      feature: feature.id,',
    noticedBy: 'a page goes in the middle of its answers, and nobody comes after it',
  },
  {
    name: 'the wish for patience is not read',
    file: `${TELEMETRY}/queue.ts`,
    from: 'Math.max(delivery.retryAfterMs ?? 0, backoffMs(failures, world.random()))',
    to: 'backoffMs(failures, world.random())',
    noticedBy: 'the collector asks for patience',
  },
  {
    name: 'what could not be delivered is forgotten',
    file: `${TELEMETRY}/queue.ts`,
    from: "if (delivery.kind === 'later') {",
    to: "if (delivery.kind === 'later') {\n      forget(batch)",
    noticedBy: 'the collector is away, and comes back',
  },
  {
    name: 'whatever answers 200 has it',
    file: `${TELEMETRY}/post.ts`,
    from: 'if (ok) {',
    to: "if (ok) return { kind: 'delivered', rejected: 0 }\n    if (ok) {",
    noticedBy: 'a page stands where an answer should be',
  },
  {
    name: 'the server takes nonsense for the word of the collector',
    file: `${SERVER}/ingest.ts`,
    from: 'if (response.ok) return answerOf(said)',
    to: 'if (response.ok) return Response.json({}, { status: 202 })',
    noticedBy: 'the collector answers nonsense',
  },
  {
    name: 'what is too much at once is given up',
    file: `${TELEMETRY}/queue.ts`,
    from: "delivery.kind === 'too-large' && batch.length > 1",
    to: "delivery.kind === 'too-large' && batch.length > 1_000",
    noticedBy: 'a batch is too much at once',
  },
  {
    name: 'what is refused is not counted',
    file: `${TELEMETRY}/queue.ts`,
    from: "drop('refused', refused.length)",
    to: '',
    noticedBy: 'the collector will never take it',
  },
  {
    name: 'every tab sends when it likes',
    file: `${TELEMETRY}/browser-storage.ts`,
    from: 'await locks()?.request(PREFIX + name, once)',
    to: '',
    noticedBy: 'tabs send at once',
  },
  {
    name: 'what somebody left is sent in whatever session comes next',
    file: `${TELEMETRY}/sweep.ts`,
    from: "if (entry.scope === scope) return 'adopt'",
    to: "if (scope !== '') return 'adopt'",
    noticedBy: 'somebody else signs in where something was left',
  },
  {
    name: 'words of one lie about in the session of another',
    file: `${TELEMETRY}/sweep.ts`,
    from: "return entry.hasContent ? 'scope' : 'leave'",
    to: "return 'leave'",
    noticedBy: 'somebody else signs in where something was left',
  },
  {
    name: 'runs that could not be written down are not counted',
    file: `${TELEMETRY}/telemetry.ts`,
    from: "if (isFirst) queue.drop('unjournaled')",
    to: '',
    noticedBy: 'the browser keeps nothing',
  },
  {
    name: 'the server believes the page',
    file: `${SERVER}/ingest.ts`,
    from: 'return JSON.stringify(identified)',
    to: 'return text',
    noticedBy: 'a page says that somebody else is signed in',
  },
  {
    name: 'whatever comes in a session is of its user',
    file: `${SERVER}/identity.ts`,
    from: 'ofOthers.get(item.traceId) ?? ofSession',
    to: 'ofSession',
    noticedBy: 'a tab of the one before sends when somebody else has signed in',
  },
]
