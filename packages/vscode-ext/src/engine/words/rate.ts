/**
 * A rate from 0 to 1 as people say it: `7.2 %`, `0.04 %`, `100 %`. One decimal, and two below 0.1 %, so
 * that a rare thing is not said to be none; the unit stands apart by a space.
 */
export function formatRate(rate: number): string {
  const percent = rate * 100
  if (percent === 0) return '0 %'
  if (percent < 0.005) return '< 0.01 %'
  if (percent < 0.095) return `${percent.toFixed(2)} %`
  // 99.96 % is not all of them.
  if (percent > 99.9 && percent < 100) return '> 99.9 %'
  return `${trimmed(percent)} %`
}

function trimmed(percent: number): string {
  return percent >= 99.95 ? '100' : percent.toFixed(1).replace(/\.0$/, '')
}
