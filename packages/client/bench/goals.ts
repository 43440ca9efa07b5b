/** What a field of a closing line should be: at most, or at least, this. */
export interface Goal {
  readonly bound: 'at most' | 'at least'
  readonly value: number
}

const atMost = (value: number): Goal => ({ bound: 'at most', value })
const atLeast = (value: number): Goal => ({ bound: 'at least', value })

/** What the library aims at, by bench and field. The docs say where it is not there yet. */
export const GOALS: Readonly<Record<string, Readonly<Record<string, Goal>>>> = {
  size: {
    first_load_gz: atMost(14_000),
    first_run_gz: atMost(22_000),
    markdown_gz: atMost(25_000),
    ratio_vs_usechat: atMost(0.25),
  },
  stream: {
    parent_renders: atMost(6),
    commits_per_frame: atMost(1),
    first_paint_delay_frames_p95: atMost(1),
    script_ratio_vs_usechat: atMost(0.4),
    task_ratio_vs_floor: atMost(1.15),
    long_task_ratio_vs_usechat: atMost(0.3),
    long_task_ratio_vs_usechat_throttled: atMost(0.5),
    long_task_ratio_vs_floor: atMost(0.36),
    long_last_over_first_decile: atMost(1.5),
    thread_script_ratio_vs_usechat: atMost(0.2),
  },
  markdown: {
    cost_last_over_first_decile: atMost(1.5),
    cpu_ratio_vs_streamdown: atMost(0.5),
  },
  decode: { ratio_vs_floor: atMost(2) },
  object: { speedup_vs_ai_sdk: atLeast(50), growth_4x: atMost(5), rows_changed_identity: atMost(0) },
  telemetry: {
    main_thread_ms_per_run: atMost(1),
    raw_bytes_per_run: atMost(8_000),
    gz_single: atMost(2_000),
  },
}

export function holds({ bound, value }: Goal, measured: number): boolean {
  return bound === 'at most' ? measured <= value : measured >= value
}
