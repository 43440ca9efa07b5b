import type { ComposeOptions, Message } from './compose.ts'
import { type DigestLine, parseLines } from './digest-lines.ts'
import { DIGEST_PHRASES, type DigestPhrases } from './digest-phrases.ts'

const MOST_SUBJECTS = 3
const MOST_FIRST = 4

/** The digest of the tickets that stand in the prompt, as markdown; the quick model leaves the remarks out. */
export function writeDigest({ body }: Message, { length }: Pick<ComposeOptions, 'length'>): string {
  const [, language = 'en'] = /^Language: (\w+)/m.exec(body) ?? []
  const phrases = DIGEST_PHRASES[language] ?? DIGEST_PHRASES.en
  const lines = parseLines(body)
  if (phrases === undefined) return ''
  const topics = [...new Set(lines.map(({ topic }) => topic))]
  const open = lines.filter(({ status }) => status === 'open')
  const waiting = lines.filter(({ status }) => status === 'waiting')
  return [
    phrases.opening(lines.length, open.length, waiting.length),
    ...topics.flatMap((topic) => [
      `## ${phrases.topics[topic]}`,
      paragraph(
        topic,
        lines.filter((line) => line.topic === topic),
        phrases,
        length,
      ),
    ]),
    `## ${phrases.firstHeading}`,
    open
      .slice(0, MOST_FIRST)
      .map(({ subject, customer }, index) => `${index + 1}. ${phrases.first(subject, customer)}`)
      .join('\n'),
    phrases.closing,
  ].join('\n\n')
}

function paragraph(
  topic: DigestLine['topic'],
  lines: readonly DigestLine[],
  phrases: DigestPhrases,
  length: ComposeOptions['length'],
): string {
  const subjects = lines.slice(0, MOST_SUBJECTS).map(({ subject }) => phrases.quote(subject))
  const last = subjects.pop() ?? ''
  const listed = subjects.length === 0 ? last : `${subjects.join(', ')} ${phrases.and} ${last}`
  const told = phrases.group(lines.length, listed)
  return length === 'short' ? told : `${told} ${phrases.remark[topic]}`
}
