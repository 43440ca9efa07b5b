/** Which words were sent to the model: `name@version#hash`. */
export interface PromptReference {
  readonly name: string
  readonly version: string
  /** SHA-256 of the prompt file in lower-case hex, or its first digits; `null` where the server did not say. */
  readonly hash: string | null
}

/** What makes a run reproducible: prompt, model (asked for and answering), context reference. */
export interface Triple {
  readonly prompt: PromptReference | null
  readonly requestModel: string | null
  readonly responseModel: string | null
  /** A reference to the retrieved context, never the context itself. */
  readonly context: string | null
}

export const NO_TRIPLE: Triple = { prompt: null, requestModel: null, responseModel: null, context: null }
