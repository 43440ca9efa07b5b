'use client'

import { Component, type CSSProperties, createRef, type ReactNode } from 'react'
import { holdsFocus, takeFocus } from '../render/in-use.ts'
import { aftermath } from '../run/aftermath.ts'
import type { Run } from '../run/run.ts'
import { Fallback } from './fallback.tsx'
import { type RunSource, storeOf } from './run-source.ts'

export interface AIBoundaryProps {
  /** The run whose answer is drawn inside. */
  readonly run: RunSource
  /** What the product offers without AI, in place of an answer that cannot be drawn; nothing where absent. */
  readonly fallback?: ReactNode
  readonly children?: ReactNode
  readonly className?: string
  readonly style?: CSSProperties
}

/** Of what was there before it could not be drawn any more. */
interface Before {
  readonly height: number
  readonly hadFocus: boolean
}

interface State {
  readonly hasFailed: boolean
}

/**
 * Around whatever draws an answer of your own making: Markdown, rows of an object, parts. Where drawing
 * throws, the run ends as `bug` (or its record is sent again as that, where it had settled), the fallback
 * takes the place without a jump, and the next start of the run draws anew.
 *
 * @example
 * <AIBoundary run={run} fallback={<a href="/templates">Choose a template</a>}>
 *   <Plan steps={plan?.steps} />
 * </AIBoundary>
 */
export class AIBoundary extends Component<AIBoundaryProps, State> {
  override readonly state: State = { hasFailed: false }
  readonly #root = createRef<HTMLDivElement>()
  #failedRunId: string | null = null
  #unsubscribe = (): void => {}

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override componentDidMount(): void {
    this.#listen()
  }

  /**
   * What was there is still in the page when this is called. React makes the element anew together with
   * everything in it, so what it had goes over by hand.
   */
  override getSnapshotBeforeUpdate(_props: AIBoundaryProps, before: State): Before | null {
    const root = this.#root.current
    if (before.hasFailed || !this.state.hasFailed || root === null) return null
    return { height: root.offsetHeight, hadFocus: holdsFocus(root) }
  }

  override componentDidUpdate({ run }: AIBoundaryProps, _before: State, was: Before | null): void {
    const root = this.#root.current
    if (was !== null && root !== null) {
      root.style.minBlockSize = `${was.height}px`
      if (was.hadFocus) takeFocus(root)
    } else if (!this.state.hasFailed) root?.style.removeProperty('min-block-size')
    if (storeOf(run) === this.#store) return
    this.#listen()
    this.#drawAnew()
  }

  override componentDidCatch(error: unknown): void {
    this.#failedRunId = this.#store.state.runId
    aftermath(this.#store, error)
  }

  override componentWillUnmount(): void {
    this.#unsubscribe()
  }

  override render(): ReactNode {
    const { children, fallback, className, style } = this.props
    return (
      <div ref={this.#root} className={className} style={style}>
        {this.state.hasFailed ? <Fallback place={this.#root}>{fallback}</Fallback> : children}
      </div>
    )
  }

  get #store(): Run {
    return storeOf(this.props.run)
  }

  #listen(): void {
    this.#unsubscribe()
    const store = this.#store
    this.#unsubscribe = store.subscribe(() => {
      if (store.state.runId !== this.#failedRunId) this.#drawAnew()
    })
  }

  #drawAnew(): void {
    if (this.state.hasFailed) this.setState({ hasFailed: false })
  }
}
