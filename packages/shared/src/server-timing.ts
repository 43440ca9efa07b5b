/** More stages, or a longer header, are noise or an attack; the rest is ignored. */
const MAX_STAGES = 64
const MAX_LENGTH = 8_192

// The grammar of https://www.w3.org/TR/server-timing/: metrics joined by commas, each a token with
// parameters `;name=token` or `;name="quoted"`.
const METRICS = /(?:"(?:\\.|[^"\\])*"|[^,])+/g
const NAME = /^\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*(?:;|$)/
const PARAMETERS = /;\s*([^\s;=]+)\s*(?:=\s*("(?:\\.|[^"\\])*"|[^\s;]*))?/g
const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/g

/**
 * The stages that a `Server-Timing` header names, in milliseconds. A stage named twice counts twice;
 * one without a duration says nothing. It never throws: a malformed metric is ignored.
 */
export function parseServerTiming(header: string | null): Record<string, number> {
  const stages = new Map<string, number>()
  for (const [metric] of (header ?? '').slice(0, MAX_LENGTH).matchAll(METRICS)) {
    const name = NAME.exec(metric)?.[1]
    const ms = durationOf(metric)
    if (name === undefined || name === '__proto__' || ms === null) continue
    if (stages.size < MAX_STAGES || stages.has(name)) stages.set(name, (stages.get(name) ?? 0) + ms)
  }
  return Object.fromEntries(stages)
}

/** The first `dur` counts, as the specification says. */
function durationOf(metric: string): number | null {
  for (const [, name = '', value = ''] of metric.matchAll(PARAMETERS)) {
    if (name.toLowerCase() !== 'dur') continue
    const text = value.replace(/^"(.*)"$/, '$1').trim()
    return /^\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : null
  }
  return null
}

/**
 * `retrieval;dur=12.5, inference;dur=180`, to the microsecond. Characters that a name may not have
 * become `_`; a time that is negative or no number is left out.
 */
export function formatServerTiming(stages: Readonly<Record<string, number>>): string {
  return Object.entries(stages)
    .filter(([name, ms]) => name !== '' && ms >= 0 && ms < 1e12)
    .map(([name, ms]) => `${name.replace(NOT_TOKEN, '_')};dur=${Number(ms.toFixed(3))}`)
    .join(', ')
}
