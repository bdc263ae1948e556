/** Who wants to be told of what, and how (V1-372). Mails that somebody asked for (links, codes) are not asked about here. */
import { findProfile, upsertProfile } from '#commerce/customers'
import { type Db, inTransaction } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { listPreferences, upsertPreferences } from './preferences.queries.ts'

export const CATEGORIES = ['order_updates', 'shipping_updates', 'promotions', 'stock_alerts', 'security'] as const
export type Category = (typeof CATEGORIES)[number]
export type Channels = { email: boolean; sms: boolean; inApp: boolean }
export type Preferences = Record<Category, Channels>
/** What is left out stays. */
export type PreferenceChanges = { [category in Category]?: { [channel in keyof Channels]?: boolean | undefined } }

/** Text messages are for those who ask for them. */
const DEFAULTS: Channels = { email: true, sms: false, inApp: true }

/** Of every category; the defaults where nothing was said. Promotions are mailed to who opted in, as the profile says. */
export async function readPreferences(db: Db, accountId: number): Promise<Preferences> {
  const said = new Map((await listPreferences(db, accountId)).map(({ category, ...channels }) => [category, channels]))
  const { marketingOptIn } = await findProfile(db, accountId)
  const of = (category: Category): Channels => {
    const channels = { ...DEFAULTS, ...said.get(category) }
    return { ...channels, email: category === 'promotions' ? marketingOptIn : (channels.email ?? DEFAULTS.email) }
  }
  return Object.fromEntries(CATEGORIES.map((category) => [category, of(category)])) as Preferences
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

/** By which channels an account is told of a category. A buyer without an account has his mail alone. */
export async function channelsOf(db: Db, accountId: number | null, category: Category): Promise<Channels> {
  if (accountId === null) return { email: true, sms: false, inApp: false }
  return (await readPreferences(db, accountId))[category]
}
