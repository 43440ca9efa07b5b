/** How a draft may sound. */
export const TONES = ['warm', 'plain', 'brief'] as const

export type Tone = (typeof TONES)[number]
