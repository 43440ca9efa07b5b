import { LEVELS, type Level } from '@evenkeel/shared'

/** Five steps of one hue; those in force are filled. It stands beside the level's number. */
export function LevelIcon({ level }: { readonly level: Level }) {
  return (
    <svg className="level-icon" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
      {LEVELS.map((step) => {
        const height = 3 + step * 2.4
        return (
          <rect
            key={step}
            x={(step - 1) * 5}
            y={16 - height}
            width="3.5"
            height={height}
            data-filled={step <= level}
            fillOpacity={0.4 + step * 0.12}
          />
        )
      })}
    </svg>
  )
}
