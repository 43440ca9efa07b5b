import type { Ticket } from '../src/ticket.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The desk's tickets, with times that lie shortly before `nowMs`, so that the desk always looks in use. */
export function ticketsAt(nowMs: number): Ticket[] {
  const ago = (milliseconds: number) => nowMs - milliseconds
  const tickets: Omit<Ticket, 'body'>[] = [
    {
      id: '1042',
      customer: 'Mara Lindqvist',
      email: 'mara@example.com',
      plan: 'Studio',
      subject: 'Charged twice this month',
      status: 'open',
      unread: true,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(14 * MINUTE_MS),
          text: 'Good morning,\n\nmy bank shows two payments to you on the 3rd, both for 29.00. I have one studio and one plan, so I was expecting one. My bookkeeper closes the month on Friday and would like to know which of the two is real.\n\nCould you have a look?',
        },
      ],
    },
    {
      id: '1041',
      customer: 'Jonas Abel',
      email: 'jonas@example.com',
      plan: 'Team',
      subject: 'Bookings land an hour early in my calendar',
      status: 'open',
      unread: true,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(26 * HOUR_MS),
          text: 'Since the clocks changed, every new booking shows up one hour early in my calendar. In Lantern itself the time is right.',
        },
        {
          from: 'agent',
          author: 'Noor',
          atEpochMs: ago(25 * HOUR_MS),
          text: 'Hi Jonas,\n\nthank you for the exact description. Which calendar do you use, and does it happen with old bookings too?\n\nNoor',
        },
        {
          from: 'customer',
          atEpochMs: ago(52 * MINUTE_MS),
          text: 'Only with new ones. It is the calendar that came with my phone, and the sync has been running for two years without a hitch. Yesterday a client stood in front of a locked door because of it.',
        },
      ],
    },
    {
      id: '1040',
      customer: 'Priya Raman',
      email: 'priya@example.com',
      plan: 'Solo',
      subject: 'Sign-in asks for the code again and again',
      status: 'open',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(2 * HOUR_MS),
          text: 'I enter my email, get the verification code, enter the code, and then I am back on the page that asks for my email. I have tried it six times and I have a client in forty minutes whose notes I need.',
        },
      ],
    },
    {
      id: '1039',
      customer: 'ليلى منصور',
      email: 'layla@example.com',
      plan: 'Studio',
      subject: 'صفحة الحجز بالعربية',
      status: 'open',
      unread: true,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(3 * HOUR_MS),
          text: 'مرحباً،\n\nمعظم عملائي يقرؤون العربية، لكن صفحة الحجز تظهر لهم بالإنجليزية. هل يمكن تغيير لغة الصفحة دون تغيير لغة حسابي؟\n\nشكراً لكم',
        },
      ],
    },
    {
      id: '1038',
      customer: 'Tomasz Wilk',
      email: 'tomasz@example.com',
      plan: 'Team',
      subject: 'Export stops at 1,000 clients',
      status: 'open',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(5 * HOUR_MS),
          text: 'Our accountant needs the whole client list with last year’s bookings. The CSV ends after exactly 1,000 lines, in the middle of the letter M. We have about 2,300 clients.',
        },
      ],
    },
    {
      id: '1037',
      customer: 'Example Ltd',
      email: 'accounts@example.com',
      plan: 'Team',
      subject: 'VAT number missing on our invoices',
      status: 'waiting',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(DAY_MS),
          text: 'The last four invoices came without our VAT number. Our tax office does not accept them like this. Can they be issued again?',
        },
        {
          from: 'agent',
          author: 'Sam',
          atEpochMs: ago(22 * HOUR_MS),
          text: 'Hello,\n\nyes, they can. Could you send me the VAT number as it should appear, including the country code?\n\nSam',
        },
      ],
    },
    {
      id: '1036',
      customer: 'Ines Duarte',
      email: 'ines@example.com',
      plan: 'Studio',
      subject: 'A waiting list for full days',
      status: 'open',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(1.2 * DAY_MS),
          text: 'When somebody cancels in the morning, I know three people who would love that slot, but by the time I have called them it is noon. Could you add a waiting list that offers the slot by itself? I would happily help to try it out.',
        },
      ],
    },
    {
      id: '1035',
      customer: 'Hanna Virtanen',
      email: 'hanna@example.com',
      plan: 'Studio',
      subject: 'The week view takes ages to open',
      status: 'open',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(1.6 * DAY_MS),
          text: 'On the tablet at the front desk the week view takes twelve to fifteen seconds to open, and it is getting slower each month. On my own laptop it is fine. We have five rooms and about sixty bookings a day.',
        },
      ],
    },
    {
      id: '1034',
      customer: 'Oliver Brandt',
      email: 'oliver@example.com',
      plan: 'Solo',
      subject: 'Closing for the winter',
      status: 'waiting',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(2.1 * DAY_MS),
          text: 'From December to February nobody books outdoor lessons, so I want to cancel for that time. But I do not want to lose my client list. What do you suggest?',
        },
      ],
    },
    {
      id: '1033',
      customer: 'Studio Kestrel',
      email: 'hello@example.com',
      plan: 'Team',
      subject: 'A former client asks us to erase their data',
      status: 'open',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(2.8 * DAY_MS),
          text: 'A client who left two years ago has asked us to delete everything that we hold about her. We have to keep invoices for the tax office though. How do we do this properly in Lantern, and what can we send her as proof?',
        },
      ],
    },
    {
      id: '1032',
      customer: 'Kofi Mensah',
      email: 'kofi@example.com',
      plan: 'Solo',
      subject: 'Reminder messages arrive at night',
      status: 'solved',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(4 * DAY_MS),
          text: 'Two clients told me that the reminder for the next day reached them after midnight. Can I choose the hour?',
        },
        {
          from: 'agent',
          author: 'Noor',
          atEpochMs: ago(3.9 * DAY_MS),
          text: 'Hi Kofi,\n\nyou can: Settings, Reminders, “Not before” and “Not after”. The hours count in the client’s own time zone.\n\nNoor',
        },
        {
          from: 'customer',
          atEpochMs: ago(3.8 * DAY_MS),
          text: 'Found it, and it works. Thank you for the quick answer.',
        },
      ],
    },
    {
      id: '1031',
      customer: 'Greta Holm',
      email: 'greta@example.com',
      plan: 'Studio',
      subject: 'Thank you for the new receipts',
      status: 'solved',
      unread: false,
      messages: [
        {
          from: 'customer',
          atEpochMs: ago(6 * DAY_MS),
          text: 'Just a short note: the new receipts are easier to read, and my clients have noticed too. Nothing to fix this time.',
        },
      ],
    },
  ]
  return tickets.map((ticket) => ({ ...ticket, body: latestOf(ticket.messages) }))
}

function latestOf(messages: Ticket['messages']): string {
  return messages.findLast(({ from }) => from === 'customer')?.text ?? ''
}
