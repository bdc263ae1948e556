/** The languages that people are written to in. */
import Negotiator from 'negotiator'

export const LANGUAGES = ['en', 'hi'] as const
export type Language = (typeof LANGUAGES)[number]

/** The one that a language tag means: "hi-IN" is Hindi. Undefined for one that nobody here writes. */
export function languageOf(tag: string | null): Language | undefined {
  const primary = tag?.split(/[-_]/)[0]?.toLowerCase()
  return LANGUAGES.find((language) => language === primary)
}

/** The one of an `Accept-Language` header that its reader likes best; undefined where he names none of them (MP-283). */
export function preferredLanguage(header: string | undefined): Language | undefined {
  if (!header) return undefined
  const wanted = new Negotiator({ headers: { 'accept-language': header } }).languages()
  return wanted.map(languageOf).find((language) => language !== undefined)
}

/** How each writes numbers and days. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', hi: 'hi-IN' }
