const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long ago something was, in words of the locale (the browser's own where absent or unknown): `3 days ago`. */
export function ageWords(ageMs: number, locale?: string): string {
  const [unit, lengthMs] = UNITS.find((each) => ageMs >= each[1]) ?? UNITS[2]
  return formatFor(locale).format(-Math.max(1, Math.floor(ageMs / lengthMs)), unit)
}

function formatFor(locale?: string): Intl.RelativeTimeFormat {
  // A number beside the unit: `yesterday` would not fit into every sentence.
  try {
    return new Intl.RelativeTimeFormat(locale)
  } catch {
    return new Intl.RelativeTimeFormat()
  }
}
