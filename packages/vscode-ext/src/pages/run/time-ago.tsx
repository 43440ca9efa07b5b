import { formatAgo, formatExactTime } from '../../engine/words/time.ts'
import { useNow } from './use-now.ts'

/** A relative time, with the exact one on hover. */
export function TimeAgo({ atEpochMs }: { readonly atEpochMs: number }) {
  const now = useNow()
  return (
    <time dateTime={new Date(atEpochMs).toISOString()} title={formatExactTime(atEpochMs)}>
      {formatAgo(atEpochMs, now)}
    </time>
  )
}
