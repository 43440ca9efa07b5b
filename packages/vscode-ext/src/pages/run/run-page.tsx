import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { QUESTIONS, type RunAnswer } from '../../engine/contract.ts'
import type { Host } from '../host.ts'
import { createPageQueryClient } from '../query-client.ts'
import { HostContext } from './host-context.ts'
import { Problem, StaleNotice } from './problem.tsx'
import { RunView } from './run-view.tsx'
import { Skeleton } from './skeleton.tsx'

export interface RunPageProps {
  readonly host: Host
  readonly runId: string
  readonly retryDelayMs?: number
}

/** The page of one run: asks its host, and asks again when something of its feature changed. */
export function RunPage({ host, runId, retryDelayMs }: RunPageProps) {
  const [client] = useState(() => createPageQueryClient(retryDelayMs === undefined ? {} : { retryDelayMs }))
  return (
    <QueryClientProvider client={client}>
      <HostContext value={host}>
        <main className="page">
          <LiveRun host={host} runId={runId} />
        </main>
      </HostContext>
    </QueryClientProvider>
  )
}

function LiveRun({ host, runId }: { readonly host: Host; readonly runId: string }) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['run', runId],
    queryFn: () => host.ask<RunAnswer>(QUESTIONS.run, { runId }),
  })
  const feature = data?.run.feature

  useEffect(
    () =>
      host.onChange(({ features }) => {
        // Until the run is known any change may bring it, and a change that names no feature may be any.
        if (feature !== undefined && features.length > 0 && !features.includes(feature)) return
        void client.invalidateQueries({ queryKey: ['run', runId] })
      }),
    [host, client, runId, feature],
  )

  const retry = () => void refetch()
  if (data === undefined) {
    return error === null ? <Skeleton /> : <Problem error={error} runId={runId} retry={retry} />
  }
  return (
    <>
      <RunView run={data.run} signals={data.signals} />
      {error !== null && <StaleNotice error={error} retry={retry} />}
    </>
  )
}
