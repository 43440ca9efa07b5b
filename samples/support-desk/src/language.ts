import type { Deck, Words } from '@evenkeel/client'
import { ar as arDeck, de as deDeck, en as enDeck } from '@evenkeel/shared/decks'
import { createContext, useContext } from 'react'
import classifyTicketAr from '../decks/classify-ticket.copy/ar.json'
import classifyTicketDe from '../decks/classify-ticket.copy/de.json'
import classifyTicketEn from '../decks/classify-ticket.copy/en.json'
import draftReplyAr from '../decks/draft-reply.copy/ar.json'
import draftReplyDe from '../decks/draft-reply.copy/de.json'
import draftReplyEn from '../decks/draft-reply.copy/en.json'
import weeklyDigestAr from '../decks/weekly-digest.copy/ar.json'
import weeklyDigestDe from '../decks/weekly-digest.copy/de.json'
import weeklyDigestEn from '../decks/weekly-digest.copy/en.json'
import type { Direction } from './appearance.ts'
import { ar } from './texts/ar.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import type { Texts } from './texts/texts.ts'

/** The features that have a deck of their own. */
export type FeatureId = 'draft-reply' | 'classify-ticket' | 'weekly-digest'

/** What the desk says in one language: the product's own texts, and the words of its AI features. */
export interface Language {
  readonly tag: 'en' | 'de' | 'ar'
  readonly direction: Direction
  readonly texts: Texts
  /** For every moment that a feature's own deck leaves out. */
  readonly deck: Deck
  readonly decks: Readonly<Record<FeatureId, Words>>
}

const LANGUAGES: readonly Language[] = [
  {
    tag: 'en',
    direction: 'ltr',
    texts: en,
    deck: enDeck,
    decks: {
      'draft-reply': draftReplyEn,
      'classify-ticket': classifyTicketEn,
      'weekly-digest': weeklyDigestEn,
    },
  },
  {
    tag: 'de',
    direction: 'ltr',
    texts: de,
    deck: deDeck,
    decks: {
      'draft-reply': draftReplyDe,
      'classify-ticket': classifyTicketDe,
      'weekly-digest': weeklyDigestDe,
    },
  },
  {
    tag: 'ar',
    direction: 'rtl',
    texts: ar,
    deck: arDeck,
    decks: {
      'draft-reply': draftReplyAr,
      'classify-ticket': classifyTicketAr,
      'weekly-digest': weeklyDigestAr,
    },
  },
]

const [ENGLISH] = LANGUAGES as readonly [Language]

/** The language that the address asks for by `?lang=de`; English where it asks for none that is there. */
export function languageOf(search: string): Language {
  const tag = new URLSearchParams(search).get('lang')
  return LANGUAGES.find((language) => language.tag === tag) ?? ENGLISH
}

export const LanguageContext = createContext(ENGLISH)

export function useTexts(): Texts {
  return useContext(LanguageContext).texts
}

/** The words of a feature's own deck. */
export function useWords(feature: FeatureId): Words {
  return useContext(LanguageContext).decks[feature]
}
