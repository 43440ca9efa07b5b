import type { DropReason } from '@evenkeel/shared'

/** How many records and signals were given up, by reason. */
export type Dropped = Readonly<Record<DropReason, number>>
