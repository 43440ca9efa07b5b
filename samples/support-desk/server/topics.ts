import type { Classification } from '../src/classification.ts'

/** What a message is about, and what a good agent would say to it. */
export interface Topic {
  readonly name: string
  /** Where a ticket of this topic belongs. */
  readonly sorted: Classification['topic']
  /** Words that point to the topic, in a message's subject or body. */
  readonly signs: RegExp
  /** Says back what was understood. */
  readonly understood: readonly [string, ...string[]]
  /** What happens next. */
  readonly next: readonly [string, ...string[]]
  /** What the agent still needs to know. */
  readonly question: readonly [string, ...string[]]
}

/** The first topic whose signs are found wins; so the particular ones stand first. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'double charge',
    sorted: 'billing',
    signs: /charged? (me )?(twice|two times|double)|double charge|duplicate (charge|payment)|two payments/i,
    understood: [
      'I am sorry about the second charge. I can see why two payments for one month gave you a start.',
      'Thank you for telling us about the two payments. One of them should not be there, and I want to put that right.',
    ],
    next: [
      'I have passed both payments to our billing team, who will compare them with your plan and write to you with what they find. There is nothing you need to pay in the meantime.',
      'Our billing team is checking the two payments against your plan now. Until they have answered you, please leave the next invoice as it is.',
    ],
    question: [
      'Could you tell me the last four digits of the card that was charged? Please do not send the whole number.',
      'It would help to know the dates of both charges as your bank shows them.',
    ],
  },
  {
    name: 'tax details on an invoice',
    sorted: 'billing',
    signs: /\b(vat|tax (id|number)|reverse charge)\b/i,
    understood: [
      'I understand that your invoices need your VAT number on them, and that the earlier ones went out without it.',
    ],
    next: [
      'You can add the number under Settings, Billing, Tax details. Every invoice from then on carries it, and “Reissue” in the list of invoices makes a corrected copy of an earlier one under the same date.',
      'Once the number is saved under Settings, Billing, Tax details, open the earlier invoice and choose “Reissue”. The corrected copy keeps its date and number.',
    ],
    question: ['Does your accountant need the original amounts on the corrected copies as well?'],
  },
  {
    name: 'calendar sync',
    sorted: 'calendar',
    signs: /calendar|sync|time ?zone|an hour (late|early|off)/i,
    understood: [
      'I understand that bookings reach your calendar, but at the wrong hour, and that it started with the clock change.',
      'So your bookings arrive an hour off since the clocks changed. That is unsettling when clients are waiting at the door.',
    ],
    next: [
      'Please open Settings, Calendar and compare the time zone there with that of the calendar itself. If they differ, choose the same city in both and press “Sync again”; existing bookings are corrected within a few minutes.',
      'The usual cause is a calendar that keeps its own time zone. Choose the same city in Settings, Calendar and in the calendar account, then press “Sync again”.',
    ],
    question: [
      'If the times are still off after that, could you send me one booking as an example, with the time you expected?',
    ],
  },
  {
    name: 'signing in',
    sorted: 'sign-in',
    signs: /log ?in|sign(ing)? in|password|locked out|verification code|two.factor/i,
    understood: [
      'I am sorry that you cannot get in. Going round in a circle between the code and the sign-in page is no way to start a morning.',
      'I understand that the sign-in page accepts your code and then asks for it again.',
    ],
    next: [
      'Please open lantern.example.com in a private window and sign in there. If that works, a stale cookie is the cause, and clearing the site’s data in your usual window settles it for good.',
      'Most often a stale cookie is behind this. Please try a private window first; if you get in there, clear the site’s data in your usual window.',
    ],
    question: ['If the private window shows the same page again, which browser and version do you use?'],
  },
  {
    name: 'export',
    sorted: 'data',
    signs: /export|csv|spreadsheet|download/i,
    understood: [
      'I understand that you would like your client list and past bookings as a file that your accountant can open.',
      'So the export stops before the end of your list. That makes the file useless for your accountant, and I am sorry for the wasted morning.',
    ],
    next: [
      'Under Clients, choose “Export”, then “Everything”, and we prepare the file in the background. You get an email with a link when it is whole, which stays valid for seven days.',
      'Large lists are best exported by year: Clients, “Export”, then choose the year. Each file opens in any spreadsheet, with dates in one format.',
    ],
    question: [
      'Roughly how many clients are in your list? Then I can tell you which of the two ways is quicker.',
    ],
  },
  {
    name: 'cancelling',
    sorted: 'plan',
    signs: /cancel|close (my|our) account|stop (my|our) subscription|leaving/i,
    understood: [
      'I understand that you are closing the studio for the winter and would rather not pay while nobody books.',
      'Thank you for being open about this. Paying for months in which nobody books makes little sense.',
    ],
    next: [
      'You can pause instead of cancelling: Settings, Plan, “Pause” keeps your clients, prices and pages as they are and charges nothing until you start again. Cancelling is in the same place, and takes effect at the end of the month already paid.',
    ],
    question: ['Would a pause do, or would you like to close the account altogether? Either is fine.'],
  },
  {
    name: 'deleting data',
    sorted: 'data',
    signs: /delete|erase|gdpr|personal data|privacy/i,
    understood: [
      'I understand that a former client has asked you to erase what you hold about them, and that you want to do it properly.',
    ],
    next: [
      'Open the client’s page and choose “Erase personal data”. It removes name, address, notes and messages, keeps the amounts that the tax office asks for, and gives you a short confirmation to pass on.',
    ],
    question: ['Has the client also booked through a partner studio? Those copies are erased over there.'],
  },
  {
    name: 'slowness',
    sorted: 'speed',
    signs: /slow|takes? (forever|ages|minutes)|loading|time(s|d)? out/i,
    understood: [
      'I am sorry that the week view keeps you waiting. With a full day of bookings, every second of that is felt.',
      'Thank you for describing so exactly when it gets slow; that saves us a good deal of guessing.',
    ],
    next: [
      'I have noted your account for the team that looks after the calendar. In the meantime the day view loads only what it shows and should stay quick; you can make it the default under Settings, Calendar.',
    ],
    question: ['Does it happen on every device, or only on the tablet at the front desk?'],
  },
  {
    name: 'a wish',
    sorted: 'idea',
    signs: /feature|would (love|like) (to|it)|any plans|wish|could you add|suggestion/i,
    understood: [
      'Thank you for taking the time to write this down. A waiting list that fills gaps by itself would save you a lot of calls, I can see that.',
      'I like how plainly you put the problem: the gap appears in the morning, and nobody has the time to ring round.',
    ],
    next: [
      'I have added your description to the request that other studios have made, so the product team reads it in your words. I cannot promise a date, but you will hear from us if it is taken up.',
    ],
    question: ['How many people would usually be waiting for the same slot?'],
  },
  {
    name: 'refund',
    sorted: 'billing',
    signs: /refund|money back|reimburs/i,
    understood: ['I understand that you would like the payment back, and I am sorry that it came to this.'],
    next: [
      'I have passed your request to our billing team with the details from your message. They decide on refunds and will write to you directly.',
    ],
    question: ['Is there anything about the payment that the invoice does not show?'],
  },
  {
    name: 'invoice',
    sorted: 'billing',
    signs: /invoice|billing|receipt|payment/i,
    understood: ['I understand that something on your invoice does not look the way it should.'],
    next: [
      'Every invoice is under Settings, Billing, with the plan and the days that it covers. I have asked our billing team to look at yours, and they will write to you with what they find.',
    ],
    question: ['Could you tell me the number of the invoice? It stands at the top right.'],
  },
]

/** For a message that none of the topics recognises. */
export const ANY_TOPIC: Topic = {
  name: 'anything else',
  sorted: 'other',
  signs: /^/,
  understood: [
    'I have read your message with care and want to be sure that I understand it before I send you down the wrong path.',
    'Thank you for explaining what happened.',
  ],
  next: [
    'I am looking into it and have kept your message with your account, so that you do not have to explain it a second time.',
    'I have asked a colleague who knows this part of the product well, and one of us will come back to you.',
  ],
  question: ['Could you tell me what you expected to see, and what you saw instead?'],
}
