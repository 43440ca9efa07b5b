import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Dotprompt } from 'dotprompt'

const FOLDER = new URL('../prompts/', import.meta.url)

/** One version of a prompt, ready to be rendered. */
export interface Prompt {
  readonly name: string
  readonly version: string
  /** SHA-256 of the file as it is, in lower-case hex. */
  readonly hash: string
  /** The model that the file names. */
  readonly model: string
  readonly maxOutputTokens: number
  render(input: Readonly<Record<string, string>>): Promise<RenderedPrompt>
}

export interface RenderedPrompt {
  readonly instructions: string
  readonly messages: { role: 'user'; content: string }[]
}

/** Every version of a prompt; a flag points to the one in force. */
export interface Prompts {
  readonly byVersion: ReadonlyMap<string, Prompt>
  /** Sent where no flag points to any. */
  readonly latest: Prompt
}

/** The prompts of the product, by name. */
export interface PromptLibrary {
  /** @throws Error where there is no prompt of that name. */
  of(name: string): Prompts
  /** Whether this version of that prompt exists. */
  has(name: string, version: string): boolean
  /** The versions of a prompt, the oldest first. */
  versionsOf(name: string): readonly string[]
}

/** Reads every prompt in `prompts/`. */
export async function loadPromptLibrary(): Promise<PromptLibrary> {
  const folders = (await readdir(FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const read = folders.map(async ({ name }) => [name, await loadPrompts(name)] as const)
  const byName = new Map(await Promise.all(read))
  return {
    of(name) {
      const prompts = byName.get(name)
      if (prompts === undefined) throw new Error(`prompts/ has no folder ${name}/.`)
      return prompts
    },
    has: (name, version) => byName.get(name)?.byVersion.has(version) ?? false,
    versionsOf: (name) => [...(byName.get(name)?.byVersion.keys() ?? [])],
  }
}

/** Reads every version in `prompts/<name>/`. @throws Error where there is none. */
export async function loadPrompts(name: string): Promise<Prompts> {
  const files = await readdir(new URL(`${name}/`, FOLDER))
  const versions = files.flatMap((file) => /^(\d+)\.prompt$/.exec(file)?.[1] ?? [])
  const inOrder = versions.sort((a, b) => Number(a) - Number(b))
  const prompts = await Promise.all(inOrder.map((version) => loadPrompt(name, version)))
  const latest = prompts.at(-1)
  if (latest === undefined) throw new Error(`prompts/${name}/ holds no <number>.prompt.`)
  return { byVersion: new Map(prompts.map((prompt) => [prompt.version, prompt])), latest }
}

/**
 * Reads `prompts/<name>/<version>.prompt`.
 * @throws Error where the file's front matter cannot be read or names no model.
 */
export async function loadPrompt(name: string, version: string): Promise<Prompt> {
  const source = await readFile(new URL(`${name}/${version}.prompt`, FOLDER), 'utf8')
  const dotprompt = new Dotprompt()
  const parsed = dotprompt.parse<{ maxOutputTokens?: number }>(source)
  // Front matter that is not YAML does not throw: it would silently become words of the prompt.
  if (parsed.model === undefined) {
    throw new Error(
      `prompts/${name}/${version}.prompt: the front matter is not valid YAML or names no model.`,
    )
  }
  const render = await dotprompt.compile(source)
  return {
    name,
    version,
    hash: createHash('sha256').update(source).digest('hex'),
    model: parsed.model,
    maxOutputTokens: parsed.config?.maxOutputTokens ?? 400,
    async render(input) {
      const { messages } = await render({ input: withoutMarkers(input) })
      const text = (role: 'system' | 'user') =>
        messages
          .filter((message) => message.role === role)
          .map(({ content }) => content.map((part) => part.text ?? '').join(''))
          .join('\n')
          .trim()
      return { instructions: text('system'), messages: [{ role: 'user', content: text('user') }] }
    },
  }
}

// Dotprompt marks roles inside the rendered text. A customer who writes such a marker would otherwise speak
// with the system's voice.
function withoutMarkers(input: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value.replaceAll('<<<dotprompt:', '‹dotprompt:')]),
  )
}
