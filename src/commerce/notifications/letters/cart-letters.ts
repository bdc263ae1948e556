/** What is said about a cart. */
import type { Cart } from '#commerce/cart'
import { formatMoney } from '#platform/money.ts'
import type { LetterContent } from './letter-content.ts'

export function cartReminderLetter({ lines, currency, totalMinor }: Cart, url: string): LetterContent {
  const money = (minor: number) => formatMoney(minor, currency)
  return {
    subject: 'You left something in your cart',
    heading: 'Your cart is still here',
    paragraphs: ['You have put something into your cart, and not ordered it yet. It is all still there:'],
    action: { label: 'Back to my cart', url },
    bill: {
      lines: lines.map(({ offer, quantity, unitPriceMinor }) => ({
        quantity,
        name: offer.productName,
        note: offer.variantName,
        amount: money(quantity * unitPriceMinor),
      })),
      totals: [{ label: 'Total', value: money(totalMinor), due: true }],
    },
    closing: ['You get this once, because you wanted news from us. You can change that in your profile.'],
  }
}
