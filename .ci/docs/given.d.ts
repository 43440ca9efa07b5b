// What the samples in the manuals take for granted: a product's own things, by the names they have there.

import type { AIRun, Engine, Feature, Part, RunRecord } from '@evenkeel/client'
import type { RunReference } from '@evenkeel/client/feedback'
import type { ComponentType } from 'react'

declare global {
  interface Ticket {
    readonly id: string
    readonly customer: string
  }
  interface Letter {
    readonly text: string
  }
  interface Plan {
    readonly steps: readonly { readonly title: string }[]
  }

  // In the browser.
  const BUILD: string
  const App: ComponentType
  const Plan: ComponentType<{ steps: unknown }>
  const PartView: ComponentType<{ part: Part }>
  const Step: ComponentType<{ step: { readonly title?: string } | undefined }>
  const assistant: Feature<string, string>
  const colour: import('@evenkeel/client/markdown').Highlighter
  const draftReply: Feature<Ticket, string>
  const summary: Feature<{ ticketId: string }, string>
  const elided: never[]
  const engine: Engine
  const form: HTMLFormElement
  const message: string
  const plan: AIRun<Ticket, Plan>['object']
  const record: RunRecord
  const root: HTMLElement
  const router: { push(path: string): void }
  const run: AIRun<Ticket, Plan, 'tone' | 'length'>
  const saved: { readonly about: RunReference }
  const save: (kept: { readonly text: string; readonly about: RunReference }) => void
  const spanProcessors: import('@opentelemetry/sdk-trace').SpanProcessor[]
  const tenant: { readonly id: string }
  const tenantId: string
  const text: HTMLElement
  const textarea: HTMLTextAreaElement
  const thread: { readonly id: string }
  const ticket: Ticket
  const ticketId: string
  const user: { readonly id: string }

  // Of other libraries.
  const TracerProvider: typeof import('@opentelemetry/sdk-trace').TracerProvider
  const useEffect: typeof import('react').useEffect
  const useQuery: typeof import('@tanstack/react-query').useQuery
  const z: typeof import('zod').z

  // On the server.
  const MODEL: string
  const MODELS: { readonly primary: string; readonly [tier: string]: string }
  const findLetters: (ticket: Ticket) => Promise<readonly Letter[]>
  const handler: (request: Request) => Promise<Response>
  const hash: string
  const latest: { readonly version: string; readonly hash: string }
  const log: { error(what: object): void }
  const operatorOf: (request: Request) => import('@evenkeel/shared/server').Operator | null
  const prompts: ReadonlyMap<string | null | undefined, { readonly version: string; readonly hash: string }>
  const records: readonly RunRecord[]
  const request: Request
  const sessionOf: (request: Request) => {
    readonly tenant: string
    readonly user: string
    readonly userId: string
    readonly cohort: string
  } | null
  const streamAnswer: (...asked: readonly unknown[]) => Promise<Response>
  const streamTheAnswer: (request: Request, options: { readonly signal: AbortSignal }) => Promise<Response>
  const ticketSchema: import('zod').ZodType<Ticket>

  // In a program that holds a collector.
  const DAY_MS: number
  const main: string
  const workspace: string
}
