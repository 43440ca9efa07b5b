import type { Classification } from '../src/classification.ts'

/** What the simulated model knows to say of a week, in one language. */
export interface DigestPhrases {
  readonly opening: (all: number, open: number, waiting: number) => string
  readonly topics: Readonly<Record<Classification['topic'], string>>
  readonly group: (count: number, subjects: string) => string
  readonly remark: Readonly<Record<Classification['topic'], string>>
  readonly firstHeading: string
  readonly first: (subject: string, customer: string) => string
  readonly closing: string
  readonly and: string
  readonly quote: (subject: string) => string
}

export const DIGEST_PHRASES: Readonly<Record<string, DigestPhrases>> = {
  en: {
    opening: (all, open, waiting) =>
      `This week brought **${all} tickets**. **${open}** are open, and in **${waiting}** the customer has yet to write back.`,
    topics: {
      billing: 'Billing',
      calendar: 'Calendar',
      'sign-in': 'Signing in',
      data: 'Data and export',
      plan: 'Plans',
      speed: 'Speed',
      idea: 'Ideas',
      other: 'Everything else',
    },
    group: (count, subjects) =>
      count === 1
        ? `One customer wrote about this: ${subjects}.`
        : `${count} customers wrote about this: ${subjects}.`,
    remark: {
      billing:
        'Each of these is small and costs trust all the same, because somebody’s bookkeeper is waiting. An answer on the same day is worth more here than a perfect one.',
      calendar:
        'The clock change is behind most of it, and existing bookings are right. The help page on time zones would have spared two of the exchanges.',
      'sign-in':
        'It goes round in a circle between the code and the sign-in page, which points to a stale cookie. A private window tells within a minute.',
      data: 'The list ends after a thousand lines, and the file does not say that it is not whole. That is worth telling the team that owns the export.',
      plan: 'Nobody wants to leave for good. A pause over the winter would have answered both questions before they were asked.',
      speed:
        'The week view is slow on one tablet and fine everywhere else, so the number of rooms matters more than the connection.',
      idea: 'The wish is described well enough to be passed on word for word.',
      other: 'Nothing here repeats itself, so there is no pattern to report.',
    },
    firstHeading: 'What to look at first',
    first: (subject, customer) => `${subject}: ${customer} is waiting for an answer.`,
    closing: 'Nothing in this week’s tickets speaks of an outage.',
    and: 'and',
    quote: (subject) => `“${subject}”`,
  },
  de: {
    opening: (all, open, waiting) =>
      `Diese Woche brachte **${all} Anfragen**. **${open}** sind offen, und bei **${waiting}** hat die Kundschaft noch nicht geantwortet.`,
    topics: {
      billing: 'Abrechnung',
      calendar: 'Kalender',
      'sign-in': 'Anmeldung',
      data: 'Daten und Export',
      plan: 'Tarife',
      speed: 'Geschwindigkeit',
      idea: 'Ideen',
      other: 'Alles andere',
    },
    group: (count, subjects) =>
      count === 1 ? `Eine Anfrage ging darum: ${subjects}.` : `${count} Anfragen gingen darum: ${subjects}.`,
    remark: {
      billing:
        'Jede für sich ist klein und kostet doch Vertrauen, denn irgendwo wartet eine Buchhaltung. Eine Antwort am selben Tag zählt hier mehr als eine vollkommene.',
      calendar:
        'Hinter den meisten steckt die Zeitumstellung; bestehende Buchungen stimmen. Die Hilfeseite zu Zeitzonen hätte zwei der Gespräche erspart.',
      'sign-in':
        'Zwischen Code und Anmeldeseite geht es im Kreis, was auf ein veraltetes Cookie deutet. Ein privates Fenster klärt das in einer Minute.',
      data: 'Die Liste endet nach tausend Zeilen, und die Datei verschweigt, dass sie nicht vollständig ist. Das sollte erfahren, wer den Export betreut.',
      plan: 'Niemand will für immer gehen. Eine Winterpause hätte beide Fragen beantwortet, bevor sie gestellt wurden.',
      speed:
        'Die Wochenansicht ist auf einem Tablet langsam und sonst überall flott; die Zahl der Räume zählt also mehr als die Verbindung.',
      idea: 'Der Wunsch ist so gut beschrieben, dass er wörtlich weitergegeben werden kann.',
      other: 'Nichts davon wiederholt sich, also gibt es kein Muster zu berichten.',
    },
    firstHeading: 'Was zuerst ansteht',
    first: (subject, customer) => `${subject}: ${customer} wartet auf eine Antwort.`,
    closing: 'Nichts in den Anfragen dieser Woche deutet auf einen Ausfall.',
    and: 'und',
    quote: (subject) => `„${subject}“`,
  },
  ar: {
    opening: (all, open, waiting) =>
      `وصلت هذا الأسبوع **${all} تذكرة**، منها **${open}** مفتوحة، و**${waiting}** بانتظار رد أصحابها.`,
    topics: {
      billing: 'الفواتير',
      calendar: 'التقويم',
      'sign-in': 'تسجيل الدخول',
      data: 'البيانات والتصدير',
      plan: 'الاشتراكات',
      speed: 'السرعة',
      idea: 'أفكار',
      other: 'غير ذلك',
    },
    group: (count, subjects) =>
      count === 1 ? `وصلت في هذا تذكرة واحدة: ${subjects}.` : `عدد التذاكر في هذا ${count}: ${subjects}.`,
    remark: {
      billing:
        'كل حالة منها صغيرة، لكنها تمس الثقة لأن هناك محاسبًا ينتظر. الرد في اليوم نفسه أهم هنا من الرد الكامل.',
      calendar:
        'سبب معظمها تغيير التوقيت، والحجوزات القديمة صحيحة. كانت صفحة المناطق الزمنية ستغني عن اثنتين منها.',
      'sign-in':
        'يدور الأمر بين الرمز وصفحة الدخول، وهذا يدل على ملف ارتباط قديم. نافذة خاصة تحسم ذلك في دقيقة.',
      data: 'تنتهي القائمة بعد ألف سطر، ولا يقول الملف إنه غير كامل. يجدر إبلاغ الفريق المسؤول عن التصدير.',
      plan: 'لا أحد يريد المغادرة نهائيًا. كان الإيقاف المؤقت في الشتاء سيجيب عن السؤالين.',
      speed: 'عرض الأسبوع بطيء على جهاز لوحي واحد وسريع على غيره، فعدد الغرف أهم من الاتصال.',
      idea: 'الاقتراح موصوف جيدًا ويمكن نقله كما هو.',
      other: 'لا شيء يتكرر هنا، فلا نمط يُذكر.',
    },
    firstHeading: 'ما يُنظر فيه أولًا',
    first: (subject, customer) => `\u2068${subject}\u2069: \u2068${customer}\u2069 بانتظار الرد.`,
    closing: 'لا شيء في تذاكر هذا الأسبوع يدل على عطل عام.',
    and: 'و',
    // Isolated, because a subject may be in another script, which would pull the quotes along.
    quote: (subject) => `«\u2068${subject}\u2069»`,
  },
}
