/** Letters about what somebody waited for. */
import type { Words } from '../texts/words.ts'
import type { LetterContent } from './letter-content.ts'

/** An article that is there again, or costs less. `price` and `before` are written out. */
export type News = { name: string; price: string; before: string; url: string }

/** At least one; all are of one kind. */
export function watchLetter({ watches }: Words, kind: 'backInStock' | 'priceDrop', news: News[]): LetterContent {
  const { subject, subjectOfMany, heading, paragraph, line, closing } = watches[kind]
  const [first, ...others] = news
  const isOne = others.length === 0
  return {
    subject: isOne ? subject(first!.name.replaceAll(/\s+/g, ' ')) : subjectOfMany(news.length),
    heading,
    paragraphs: [paragraph],
    ...(isOne ? { action: { label: watches.button, url: first!.url } } : {}),
    blocks: news.map(({ name, price, before, url }) => ({
      heading: name,
      lines: [line(price, before), ...(isOne ? [] : [url])],
    })),
    closing: [closing],
  }
}
