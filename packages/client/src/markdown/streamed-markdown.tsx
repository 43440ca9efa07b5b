'use client'

import { type CSSProperties, createElement, type ReactNode, useRef } from 'react'
import { useSay } from '../react/context.ts'
import { Fallback } from '../react/fallback.tsx'
import { type RunSource, storeOf } from '../react/run-source.ts'
import { useIsomorphicLayoutEffect, usePlace } from '../react/use-place.ts'
import { useRunState } from '../react/use-run-state.ts'
import { ANSWER_WORDS, type Words } from '../react/words.ts'
import { attachView } from '../render/attach-view.ts'
import type { Run } from '../run/run.ts'
import { createMarkdownView } from './markdown-view.ts'
import { MARKDOWN_WORDS, type MarkdownOptions, type MarkdownWord } from './options.ts'
import { markdownCss } from './stylesheet.ts'

export interface StreamedMarkdownProps extends Omit<MarkdownOptions, 'words'> {
  readonly run: RunSource
  /** The element around the answer; `div` where absent. */
  readonly as?: 'div' | 'section' | 'article' | 'blockquote'
  /** What the product offers without AI, shown where the answer is omitted or the feature is off. */
  readonly fallback?: ReactNode
  /** Words of this place, such as `answer.ready` and `code.copy`. */
  readonly words?: Words
  readonly className?: string
  readonly style?: CSSProperties
}

const WORDS = { ...ANSWER_WORDS, ...MARKDOWN_WORDS }
const KEYS = Object.keys(MARKDOWN_WORDS) as MarkdownWord[]

/**
 * The answer as it streams in, as markdown. It has the manners of `<StreamedText>`: it reserves the lines of its
 * feature's `reserveLines`, writes straight into the page at most once a frame, and renders neither itself
 * nor its parent for a token.
 *
 * What a model writes is not trusted: HTML is shown as text, links lead to `http`, `https` and `mailto` only, and no
 * image is loaded from a host that is not in `allowedImageHosts`.
 *
 * @example
 * <StreamedMarkdown run={run} target="_blank" highlight={colour} />
 */
export function StreamedMarkdown(props: StreamedMarkdownProps): ReactNode {
  const { run, as = 'div', fallback, words, className, style } = props
  const { target, allowRelativeLinks = false, allowedImageHosts = NO_HOSTS, highlight } = props
  const store = storeOf(run)
  const say = useSay(WORDS, words)
  const root = useRef<HTMLElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLDivElement>(null)
  const isOmitted = useRunState(store, isWithoutAnswer, false)
  const now = useRef({ say, highlight })
  const minBlockSize = `max(${store.feature.reserveLines}lh, var(--evenkeel-floor, 0px))`
  const isHighlighting = highlight !== undefined
  // What is drawn already is drawn anew only when what it depends on has changed, not when an app writes it anew.
  const hosts = allowedImageHosts.join(' ')
  const said = JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, say(key) ?? ''])))

  // First, so that what the next effects write is measured with its styles.
  usePlace(root, minBlockSize, markdownCss)
  useIsomorphicLayoutEffect(() => {
    now.current = { say, highlight }
  })
  useIsomorphicLayoutEffect(() => {
    if (root.current === null || text.current === null) return
    const options: MarkdownOptions = {
      allowRelativeLinks,
      allowedImageHosts: hosts.split(' ').filter(Boolean),
      words: JSON.parse(said),
      target,
      ...(isHighlighting
        ? { highlight: (code, language) => now.current.highlight?.(code, language) ?? null }
        : {}),
    }
    return attachView(
      store,
      { root: root.current, text: text.current, status: status.current },
      (host) => createMarkdownView(host, options),
      {
        announcements: () => ({
          writing: now.current.say('answer.writing'),
          ready: now.current.say('answer.ready'),
        }),
      },
    )
  }, [store, as, target, allowRelativeLinks, hosts, said, isHighlighting])

  return createElement(
    as,
    {
      ref: root,
      className: className === undefined ? 'evenkeel-answer' : `evenkeel-answer ${className}`,
      style: { minBlockSize, ...style },
      // Both change with the text, in its frame; React is told the first value only and leaves the rest alone.
      'data-evenkeel-phase': 'idle',
    },
    <div ref={text} className="evenkeel-markdown" aria-busy={false} />,
    <div ref={status} className="evenkeel-status" role="status" />,
    isOmitted ? <Fallback place={root}>{fallback}</Fallback> : null,
  )
}

const NO_HOSTS: readonly string[] = []

function isWithoutAnswer({ state }: Run): boolean {
  return state.outcome === 'omitted' || state.outcome === 'disabled'
}
