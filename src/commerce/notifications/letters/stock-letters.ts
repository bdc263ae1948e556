/** Letters about stock, to those who see to it. */
import type { UntoldAlert } from '#commerce/inventory'
import type { Words } from '../texts/words.ts'
import type { LetterContent } from './letter-content.ts'

/** At least one alert; the numbers are those of the moment when each one fell. */
export function lowStockLetter({ stock }: Words, alerts: UntoldAlert[]): LetterContent {
  const [first, ...others] = alerts
  return {
    subject:
      others.length === 0 ? stock.subject(first!.name.replaceAll(/\s+/g, ' ')) : stock.subjectOfMany(alerts.length),
    heading: stock.heading,
    paragraphs: [stock.paragraph],
    blocks: alerts.map(({ name, sku, available, threshold }) => ({
      heading: name,
      lines: [`SKU ${sku}`, stock.left(available, threshold)],
    })),
    closing: [stock.closing],
  }
}
