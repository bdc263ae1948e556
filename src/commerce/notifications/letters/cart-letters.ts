/** Letters about a cart. */
import type { Cart } from '#commerce/cart'
import { moneyIn, type Words } from '../texts/words.ts'
import type { LetterContent } from './letter-content.ts'

export function cartReminderLetter(words: Words, { lines, currency, totalMinor }: Cart, url: string): LetterContent {
  const { subject, heading, paragraph, button, total, closing } = words.carts
  const money = (minor: number) => moneyIn(words, minor, currency)
  return {
    subject,
    heading,
    paragraphs: [paragraph],
    action: { label: button, url },
    bill: {
      lines: lines.map(({ offer, quantity, unitPriceMinor }) => ({
        quantity,
        name: offer.productName,
        note: offer.variantName,
        amount: money(quantity * unitPriceMinor),
      })),
      totals: [{ label: total, value: money(totalMinor), due: true }],
    },
    closing: [closing],
  }
}
