import { setTimeout as delay } from 'node:timers/promises'
import type { EvenkeelContext } from '@evenkeel/shared/server'
import { createUIMessageStream, type UIMessage, type UIMessageStreamWriter } from 'ai'
import { z } from 'zod'
import type { DigestProgress } from '../src/digest-progress.ts'
import type { AIFeature, Question } from './ai-feature.ts'
import { askModel, describeCall } from './ask-model.ts'
import { type DigestLine, formatLines, lineOf } from './digest-lines.ts'
import { sort } from './sort.ts'
import { ticketsAt } from './tickets.ts'
import { writeDigest } from './write-digest.ts'

const digestInput = z.object({ language: z.enum(['en', 'de', 'ar']) })
type DigestInput = z.infer<typeof digestInput>

type DigestMessage = UIMessage<unknown, { progress: DigestProgress }>

/** What a look into a larger inbox than this one's would take. */
const READ_MS = 110

/** A week of tickets in one page: it takes its time, and says how far it is. */
export const weeklyDigest: AIFeature<DigestInput> = {
  id: 'weekly-digest',
  input: digestInput,
  isResumable: true,
  eventsBeforeCut: 120, // in one of the first topics
  async answer(context, question) {
    const model = question.model(writeDigest)
    describeCall(context, question.prompt, model)
    return createUIMessageStream<DigestMessage>({
      async execute({ writer }) {
        writer.write({ type: 'start' })
        const lines = await readTickets(context, question, writer)
        tell(writer, { stage: 'writing', done: lines.length, total: lines.length })
        const stream = await askModel(
          context,
          {
            ...question,
            input: { language: question.input.language, tickets: formatLines(lines) },
            model,
            seed: question.simulation.seed,
          },
          { sendStart: false },
        )
        writer.merge(stream as ReadableStream<never>)
      },
    })
  },
}

/** Reads and sorts the tickets one by one, and tells how many are done. */
async function readTickets(
  context: EvenkeelContext,
  { simulation, signal }: Question<DigestInput>,
  writer: UIMessageStreamWriter<DigestMessage>,
): Promise<DigestLine[]> {
  const ended = AbortSignal.any([context.signal, signal])
  const endOfReading = context.startStage('reading')
  const tickets = ticketsAt(Date.now())
  const lines: DigestLine[] = []
  for (const ticket of tickets) {
    tell(writer, { stage: 'reading', done: lines.length, total: tickets.length })
    await delay(READ_MS / simulation.speed, undefined, { signal: ended })
    lines.push(lineOf(ticket, JSON.parse(sort(ticket)).topic))
  }
  endOfReading()
  const endOfGrouping = context.startStage('grouping')
  tell(writer, { stage: 'grouping', done: lines.length, total: tickets.length })
  await delay((READ_MS * 5) / simulation.speed, undefined, { signal: ended })
  endOfGrouping()
  return lines
}

function tell(writer: UIMessageStreamWriter<DigestMessage>, progress: DigestProgress): void {
  // One part under one id: each word on the progress takes the place of the one before.
  writer.write({ type: 'data-progress', id: 'progress', data: progress })
}
