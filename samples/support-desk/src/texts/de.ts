import type { Texts } from './texts.ts'

const STATUS = { open: 'offenes', waiting: 'wartendes', solved: 'gelöstes' } as const

export const de: Texts = {
  brand: 'Lantern-Support',
  theme: { auto: 'Farben wie im System', light: 'Helle Farben', dark: 'Dunkle Farben' },
  age: { now: 'jetzt', min: 'Min.', h: 'Std.', d: 'T.' },
  list: {
    title: 'Anfragen',
    search: 'Suchen',
    searchTickets: 'Anfragen durchsuchen',
    show: 'Anzeigen',
    status: { open: 'Offen', waiting: 'Wartend', solved: 'Gelöst' },
    unread: ', ungelesen,',
    loading: 'Anfragen werden geladen',
    failed: 'Die Anfragen konnten nicht geladen werden.',
    safe: 'Der Server hat nicht geantwortet. Begonnene Antworten sind sicher.',
    retry: 'Erneut versuchen',
    none: {
      open: 'Keine offenen Anfragen. Der Eingang ist leer.',
      waiting: 'Auf niemanden wird gewartet.',
      solved: 'Noch nichts gelöst.',
    },
    notFound: (sought, status) => `Kein ${STATUS[status]} Ticket erwähnt „${sought}“.`,
    clear: 'Suche leeren',
  },
  ticket: {
    choose: 'Eine Anfrage wählen, um sie hier zu lesen.',
    missing: 'Diese Anfrage gibt es nicht.',
    back: 'Zurück zu den Anfragen',
    plan: (plan) => `Tarif ${plan}`,
    solve: 'Als gelöst markieren',
    reopen: 'Wieder öffnen',
    conversation: 'Gespräch',
  },
  labels: {
    title: 'Einordnung',
    start: 'Durch KI einordnen',
    off: 'Nach Stichwörtern',
    hint: 'Von Hand wählen oder die KI nach der letzten Nachricht einordnen lassen.',
    unset: 'Nicht gesetzt',
    fields: { topic: 'Thema', urgency: 'Dringlichkeit', language: 'Sprache' },
    topic: {
      billing: 'Abrechnung',
      calendar: 'Kalender',
      'sign-in': 'Anmeldung',
      data: 'Daten',
      plan: 'Tarif',
      speed: 'Geschwindigkeit',
      idea: 'Idee',
      other: 'Anderes',
    },
    urgency: { high: 'Hoch', normal: 'Normal', low: 'Niedrig' },
    language: { en: 'Englisch', de: 'Deutsch', fr: 'Französisch', ar: 'Arabisch', other: 'Andere' },
  },
  draft: {
    title: 'Antwortentwurf',
    start: 'Antwort entwerfen',
    off: 'Entwürfe sind aus',
    hint: 'Durch KI, aus diesem Gespräch, zum Bearbeiten.',
    stop: 'Anhalten',
    use: 'Entwurf übernehmen',
    used: 'Der Entwurf steht in der Antwort.',
    tone: 'Ton',
    tones: { warm: 'Herzlich', plain: 'Sachlich', brief: 'Knapp' },
    saved: 'Gespeicherte Antworten',
    savedReplies: [
      {
        name: 'Wir sehen es uns an',
        text: (customer) =>
          `Guten Tag ${customer},\n\nvielen Dank für die Nachricht. Wir sehen uns das an und melden uns heute noch.`,
      },
      {
        name: 'Um ein Bildschirmfoto bitten',
        text: (customer) =>
          `Guten Tag ${customer},\n\nvielen Dank für die Nachricht. Wäre ein Bildschirmfoto davon möglich?`,
      },
    ],
  },
  digest: {
    title: 'Wochenbericht',
    about: (tickets) => `${tickets} Anfragen in den letzten sieben Tagen`,
    start: 'Bericht schreiben',
    stop: 'Anhalten',
    off: 'Berichte sind aus',
    first:
      'Eine Seite darüber, worum es diese Woche ging. Das dauert eine Weile; inzwischen können Anfragen weiter bearbeitet werden.',
    kept: 'Geschrieben vor',
    underWay: 'Entsteht',
    progress: 'Fortschritt',
    stages: { reading: 'Anfragen lesen', grouping: 'Nach Thema ordnen', writing: 'Schreiben' },
    count: (done, total) => `${done} von ${total}`,
    counts: 'Die Anfragen dieser Woche, nach Thema',
  },
  reply: {
    label: (customer) => `Antwort an ${customer}`,
    placeholder: (customer) => `An ${customer} schreiben`,
    goesTo: 'Geht an',
    send: 'Antwort senden',
    you: 'Ich',
  },
}
