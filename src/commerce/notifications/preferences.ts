/** Who wants to be told of what, and how (V1-372). Mails that somebody asked for (links, codes) are not asked about here. */
import { findProfile, upsertProfile } from '#commerce/customers'
import { type Db, inTransaction } from '#platform/database'
import { languageOf } from '#platform/language.ts'
import { invalidFields } from '#platform/refusal.ts'
import type { Config } from '../../config.ts'
import type { App } from '../app.ts'
import { listPreferences, upsertPreferences } from './preferences.queries.ts'
import { type Words, wordsOf } from './texts/words.ts'

export const CATEGORIES = ['order_updates', 'shipping_updates', 'promotions', 'stock_alerts', 'security'] as const
export type Category = (typeof CATEGORIES)[number]
export type Channels = { email: boolean; sms: boolean; inApp: boolean }
export type Preferences = Record<Category, Channels>
/** What is left out stays. */
export type PreferenceChanges = { [category in Category]?: { [channel in keyof Channels]?: boolean | undefined } }

/** Text messages are for those who ask for them. */
export const DEFAULTS: Channels = { email: true, sms: false, inApp: true }

/** Of every category; the defaults where nothing was said. Promotions are mailed to who opted in, as the profile says. */
export async function readPreferences(db: Db, accountId: number): Promise<Preferences> {
  return (await readAll(db, accountId)).preferences
}

async function readAll(db: Db, accountId: number): Promise<{ preferences: Preferences; language: string | null }> {
  const said = new Map((await listPreferences(db, accountId)).map(({ category, ...channels }) => [category, channels]))
  const { marketingOptIn, language } = await findProfile(db, accountId)
  const of = (category: Category): Channels => {
    const channels = { ...DEFAULTS, ...said.get(category) }
    return { ...channels, email: category === 'promotions' ? marketingOptIn : (channels.email ?? DEFAULTS.email) }
  }
  const preferences = Object.fromEntries(CATEGORIES.map((category) => [category, of(category)])) as Preferences
  return { preferences, language }
}

/** Refuses security without mail (`security`: security_is_mailed): the owner has to learn of what is done to the account. */
export async function changePreferences(app: App, accountId: number, changes: PreferenceChanges): Promise<Preferences> {
  if (changes.security?.email === false) throw invalidFields({ security: 'security_is_mailed' })
  return inTransaction(app.db, async (tx) => {
    const optIn = changes.promotions?.email
    // The profile is locked by it, so that of two changes at once both stay.
    await upsertProfile(tx, accountId, optIn === undefined ? {} : { marketingOptIn: optIn })
    const known = await readPreferences(tx, accountId)
    const named = CATEGORIES.filter((category) => changes[category])
    await upsertPreferences(
      tx,
      accountId,
      named.map((category) => {
        const { email, ...rest } = { ...known[category], ...said(changes[category]!) }
        return { category, email: category === 'promotions' ? null : email, ...rest }
      }),
    )
    return readPreferences(tx, accountId)
  })
}

const said = (channels: object): Partial<Channels> =>
  Object.fromEntries(Object.entries(channels).filter(([, value]) => value !== undefined))

/** By which channels an account is told of a category, and in which words. */
export type Telling = Channels & { words: Words }

/** A buyer without an account has his mail alone, in the language of the shop. */
export async function howToTell(
  { db, config }: Pick<App, 'db' | 'config'>,
  accountId: number | null,
  category: Category,
): Promise<Telling> {
  if (accountId === null) return { email: true, sms: false, inApp: false, words: wordsOf(config.SHOP_LANGUAGE) }
  const { preferences, language } = await readAll(db, accountId)
  return { ...preferences[category], words: wordsIn(language, config) }
}

/** The words for who is written to whatever he chose otherwise: links, codes. */
export async function wordsFor(db: Db, accountId: number, config: Config): Promise<Words> {
  return wordsIn((await findProfile(db, accountId)).language, config)
}

/** Of a language that nobody here writes, those of the shop. */
export const wordsIn = (language: string | null, config: Config): Words =>
  wordsOf(languageOf(language) ?? config.SHOP_LANGUAGE)
