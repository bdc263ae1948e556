/** From what a letter says to its two texts: both are made of the same data, so neither says more than the other. */
import { sellerOf } from '#commerce/orders'
import type { Config } from '../../../config.ts'
import type { Words } from '../texts/words.ts'
import { toHtml } from './as-html.ts'
import { toText } from './as-text.ts'
import type { LetterContent, Shop } from './letter-content.ts'

export function composeLetter(
  words: Words,
  content: LetterContent,
  shop: Shop,
): { subject: string; text: string; html: string } {
  return { subject: content.subject, text: toText(content, shop), html: toHtml(words, content, shop) }
}

/** The shop writes under the name that it sells under. */
export function shopOf(config: Config): Shop {
  return { name: sellerOf(config).name, url: config.FRONTEND_URL }
}
