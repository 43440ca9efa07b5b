import { formatPrompt, type RunRecord } from '@evenkeel/shared'
import { CopyButton } from './copy-button.tsx'
import { Fact, Facts, Section } from './fact.tsx'
import { formatNumberOf } from './number-of.ts'

const WHY = 'The server names it in the evenkeel header or its closing metadata; this one did not.'

/** What makes the run reproducible, and what it used. */
export function PromptAndModel({ run }: { readonly run: RunRecord }) {
  const { prompt, requestModel, responseModel, context } = run.triple
  const { inputTokens, outputTokens } = run.usage
  return (
    <Section title="Prompt and model">
      <Facts>
        <Fact name="Prompt" why={WHY}>
          {prompt === null ? null : <Copyable text={formatPrompt(prompt)} what="prompt reference" />}
        </Fact>
        <Fact name="Model asked for" why={WHY}>
          {requestModel === null ? null : <code>{requestModel}</code>}
        </Fact>
        <Fact name="Model answering" why={WHY}>
          {responseModel === null ? null : <code>{responseModel}</code>}
        </Fact>
        <Fact name="Context" why={WHY}>
          {context === null ? null : <Copyable text={context} what="context reference" />}
        </Fact>
        <Fact name="Tokens in" why={WHY}>
          {inputTokens === null ? null : formatNumberOf(inputTokens, 'token')}
        </Fact>
        <Fact name="Tokens out" why={WHY}>
          {outputTokens === null ? null : formatNumberOf(outputTokens, 'token')}
        </Fact>
        <Fact name="Cold start" why={WHY}>
          {run.cold === null ? null : run.cold ? 'yes' : 'no'}
        </Fact>
      </Facts>
    </Section>
  )
}

function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <span className="copyable">
      <code>{text}</code>
      <CopyButton text={text} what={what} />
    </span>
  )
}
