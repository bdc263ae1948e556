/** What is said about stock, to those who see to it. */
import type { UntoldAlert } from '#commerce/inventory'
import type { LetterContent } from './letter-content.ts'

/** At least one alert; the numbers are those of the moment when each one fell. */
export function lowStockLetter(alerts: UntoldAlert[]): LetterContent {
  const [first, ...others] = alerts
  const subject =
    others.length === 0 ? `Low stock: ${first!.name.replaceAll(/\s+/g, ' ')}` : `Low stock: ${alerts.length} articles`
  return {
    subject,
    heading: 'Few are left',
    paragraphs: ['The stock of these articles has fallen to the number from which on you wanted to know, or below it:'],
    blocks: alerts.map(({ name, sku, available, threshold }) => ({
      heading: name,
      lines: [`SKU ${sku}`, `${available} left, low from ${threshold} on`],
    })),
    closing: ['You are told again when more have come in and the stock falls once more.'],
  }
}
