import { loadedOnce, type Protocol } from '../protocol.ts'

const EVENT =
  /^(RUN|STEP|TEXT_MESSAGE|TOOL_CALL|STATE|MESSAGES|ACTIVITY|REASONING|THINKING|SUBAGENT)_[A-Z_]+$|^(RAW|CUSTOM)$/

/**
 * AG-UI 1.0, also as TanStack AI writes it. A body may hold several runs, one after the other, so
 * `RUN_FINISHED` becomes the end only when the body ends; `RUN_ERROR` ends it at once.
 * @see https://docs.ag-ui.com/concepts/events
 */
export const agUi: Protocol = {
  name: 'ag-ui',
  ownEnd: '`RUN_FINISHED`',
  recognisesHeaders: () => false,
  recognises: ({ type }) => typeof type === 'string' && EVENT.test(type),
  load: loadedOnce(() => import('./ag-ui-decoder.ts').then((chunk) => chunk.createAgUiDecoder)),
}
