/** Everything that people are told, by language. A key that one language lacks is an error of the compiler. */
import { type Language, LOCALES } from '#platform/language.ts'
import { formatMoney } from '#platform/money.ts'
import { en } from './en/index.ts'
import { hi } from './hi/index.ts'

export type Words = typeof en

const catalogue: Record<Language, Words> = { en, hi }

export const wordsOf = (language: Language): Words => catalogue[language]

/** An amount as the reader writes it. */
export const moneyIn = ({ language }: Words, amountMinor: number, currency: string): string =>
  formatMoney(amountMinor, currency, language)

const days = Object.fromEntries(
  Object.entries(LOCALES).map(([language, locale]) => [
    language,
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  ]),
) as Record<Language, Intl.DateTimeFormat>

export const dayIn = ({ language }: Words, day: Date): string => days[language].format(day)
