import type { Weather } from './faults.ts'

const PATHS = {
  lantern: 'M6.2 4.5h3.6l1 2.2v5.3H5.2V6.7zM6.8 4.5a1.2 1.6 0 0 1 2.4 0M8 8.2v1.6M5.2 13.5h5.6',
  pen: 'M3 13l.7-2.8 7-7 2.1 2.1-7 7zM9.4 4.5l2.1 2.1',
  stop: 'M5 5h6v6H5z',
  use: 'M8 3v8.5M4.5 8.2 8 11.7l3.5-3.5M3.5 14h9',
  digest: 'M4 2.5h8v11H4zM6.2 5.5h3.6M6.2 8h3.6M6.2 10.5h2.2',
  search: 'M7.2 11.7a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.6 10.6 13.5 13.5',
  back: 'M9.8 3.5 5.3 8l4.5 4.5',
  check: 'M3.5 8.5l3 3 6-7',
  send: 'M2.8 3.2 13.5 8 2.8 12.8l1.5-4.8zM4.3 8h4.2',
  auto: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 2.5v11M8 5.5h4.6M8 8h5.4M8 10.5h4.6',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  dark: 'M13 9.6A5.4 5.4 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z',
  close: 'M4 4l8 8M12 4l-8 8',
  calm: 'M8 3.5a3 3 0 0 1 3 3M8 3.5a3 3 0 0 0-3 3M2 9.5q1.5-1.3 3 0t3 0 3 0 3 0M2 12.5q1.5-1.3 3 0t3 0 3 0 3 0',
  slow: 'M4.5 2.5h7M4.5 13.5h7M5.2 2.5c0 3 5.6 4 5.6 11M10.8 2.5c0 3-5.6 4-5.6 11',
  'cut-off': 'M2 8h4M10 8h4M7 5.5 6 8l1 2.5M9 5.5 10 8l-1 2.5',
  down: 'M8 2.5 14 13H2zM8 6.5v3M8 11.4v.1',
} as const

export type IconName = keyof typeof PATHS

/** The usual weathers; every other has the picture of one that is down. */
export const WEATHER_ICONS: Readonly<Partial<Record<Weather, IconName>>> = {
  calm: 'calm',
  slow: 'slow',
  'cut-off': 'cut-off',
  down: 'down',
}

/** A picture beside words; it says nothing to a screen reader. */
export function Icon({ name, mirrored = false }: { name: IconName; mirrored?: boolean }) {
  return (
    <svg className={mirrored ? 'icon icon-mirrored' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
