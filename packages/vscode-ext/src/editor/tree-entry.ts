import type { CommandId, ItemKind } from './ids.ts'

/** One row of a view as plain data: what it says is decided and tested without an editor. */
export interface TreeEntry {
  /** Stable while the row's subject is the same, so that selection and expansion survive an update. */
  readonly id: string
  readonly kind: ItemKind
  readonly label: string
  readonly description: string
  /** Markdown, read on hover: the exact figures. */
  readonly tooltip: string
  /** For a screen reader, which gets no icon. */
  readonly spoken: string
  readonly icon: { readonly name: string; readonly color?: string }
  readonly open?: 'collapsed' | 'expanded'
  readonly children?: readonly TreeEntry[]
  readonly command?: { readonly id: CommandId; readonly title: string; readonly args: readonly unknown[] }
  /** What commands of its menu work on. */
  readonly subject: string
}
