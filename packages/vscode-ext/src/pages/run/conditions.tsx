import type { RunRecord } from '@evenkeel/shared'
import { formatExactTime } from '../../engine/words/time.ts'
import { Fact, Facts, Section } from './fact.tsx'

/** Where and under what the run happened. */
export function Conditions({ run }: { readonly run: RunRecord }) {
  return (
    <Section title="Conditions">
      <Facts>
        <Fact name="Started">{formatExactTime(run.startedAtEpochMs)}</Fact>
        <Fact name="Interaction">{run.interaction}</Fact>
        <Fact name="Intent">{run.intent}</Fact>
        <Fact name="Path">{run.path}</Fact>
        <Fact name="Route">{run.route === null ? null : <code>{run.route}</code>}</Fact>
        <Fact name="Connection">{run.connection}</Fact>
        <Fact name="Service">{run.service}</Fact>
        <Fact name="Build">{run.build === null ? null : <code>{run.build}</code>}</Fact>
        <Fact name="Cohort">{run.cohort}</Fact>
        <Fact name="Tenant">{run.tenant}</Fact>
        {run.conversationId !== null && (
          <Fact name="Conversation">
            <code>{run.conversationId}</code>
            {run.turn === null ? '' : `, turn ${run.turn}`}
          </Fact>
        )}
        <Fact name="Stands for">{standsFor(run.weight)}</Fact>
      </Facts>
    </Section>
  )
}

function standsFor(weight: number): string {
  if (weight === 0) return 'none (sampled away, kept for what the user said)'
  return weight === 1 ? 'itself' : `${weight} runs (sampled)`
}
