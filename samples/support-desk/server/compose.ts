import { createRandom, pick, type Random } from './random.ts'
import { ANY_TOPIC, TOPICS } from './topics.ts'

/** What the simulated model found in its prompt. */
export interface Message {
  readonly customer: string
  readonly subject: string
  readonly body: string
  /** What the prompt says of the task, before the message. */
  readonly instructions?: string
}

export interface ComposeOptions {
  readonly seed: number
  /** `short` for the quick model: what was understood and the next step, no more. */
  readonly length: 'full' | 'short'
}

/** A plausible reply to the message. The same message, seed and length give the same words. */
export function compose(message: Message, { seed, length }: ComposeOptions): string {
  const random = createRandom(seed)
  if (ARABIC.test(message.body)) return composeArabic(message, random, length)
  const topic =
    TOPICS.find(({ signs }) => signs.test(message.subject) || signs.test(message.body)) ?? ANY_TOPIC
  const tone = toneIn(message.instructions ?? '')
  const greeting = `${pick(random, ['Hi', 'Hello', 'Dear'])} ${greetedName(message.customer)},`
  const understood = pick(random, topic.understood)
  const next = pick(random, topic.next)
  if (length === 'short') return [greeting, understood, next].join('\n\n')
  if (tone === 'brief') return [greeting, next, 'Lantern support'].join('\n\n')
  const question = pick(random, topic.question)
  const closing = tone === 'plain' ? CLOSINGS[0] : pick(random, CLOSINGS)
  const middle = tone === 'plain' ? [next, question] : [understood, `${next} ${question}`]
  return [greeting, ...middle, closing].join('\n\n')
}

function toneIn(instructions: string): string {
  return /^Tone: (\w+)/m.exec(instructions)?.[1] ?? 'warm'
}

const CLOSINGS = [
  'Kind regards,\nLantern support',
  'With kind regards from all of us,\nLantern support',
  'Thank you for your patience,\nLantern support',
] as const

/** A company is greeted as its people. */
function greetedName(customer: string): string {
  const name = customer.trim()
  if (name === '') return 'there'
  return /\b(ltd|llc|inc|gmbh|studio|studios|co)\.?$/i.test(name)
    ? `${name} team`
    : (name.split(/\s+/)[0] ?? name)
}

const ARABIC = /\p{Script=Arabic}/u

function composeArabic(message: Message, random: Random, length: 'full' | 'short'): string {
  const greeting = `مرحباً ${message.customer.trim()}،`
  const understood = pick(random, [
    'شكراً لرسالتك. فهمت أن صفحة الحجز تظهر لعملائك باللغة الإنجليزية، وأنك تريدها بالعربية.',
    'شكراً لتواصلك معنا. فهمت أنك تريد أن يرى عملاؤك صفحة الحجز بالعربية.',
  ])
  const next =
    'يمكنك تغيير اللغة من الإعدادات ثم صفحة الحجز ثم اللغة، ويظهر التغيير لعملائك فوراً، كما ينقلب اتجاه الصفحة تلقائياً.'
  if (length === 'short') return [greeting, understood, next].join('\n\n')
  return [
    greeting,
    understood,
    `${next} هل تريد أيضاً أن تصل رسائل التذكير بالعربية؟`,
    'مع أطيب التحيات،\nفريق دعم Lantern',
  ].join('\n\n')
}
