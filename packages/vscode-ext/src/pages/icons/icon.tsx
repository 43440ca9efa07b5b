/** Drawn on a 16 px grid with a 1.25 px stroke, so that they sit with the editor's own. */
const PATHS = {
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  code: 'M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4',
  'thumb-up':
    'M2.5 7.5h2.5v6h-2.5zM5 7.5l3-5c1 0 1.6.7 1.4 1.8L9 6.5h3.3c.9 0 1.5.8 1.3 1.6l-1 4.2c-.2.7-.7 1.2-1.4 1.2H5',
  'thumb-down':
    'M2.5 8.5h2.5v-6h-2.5zM5 8.5l3 5c1 0 1.6-.7 1.4-1.8L9 9.5h3.3c.9 0 1.5-.8 1.3-1.6l-1-4.2c-.2-.7-.7-1.2-1.4-1.2H5',
  regenerate: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  edit: 'm3 13 .6-2.8L11 2.8 13.2 5l-7.4 7.4zM9.5 4.3l2.2 2.2',
  dismiss: 'm4 4 8 8M12 4l-8 8',
  report: 'M4 14V2.5h7.5L10 5.5l1.5 3H4',
  warning: 'M8 2.5 14 13H2zM8 6.5v3.2M8 11.2v.6',
  none: 'M4 8h8',
} as const

export type IconName = keyof typeof PATHS

/** Always beside a word, so it says nothing to a screen reader. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
