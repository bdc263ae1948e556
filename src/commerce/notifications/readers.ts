/** Many accounts at once: by which channels each is told of a category, and in which words. Three statements. */
import { findLanguages } from '#commerce/customers'
import { findAccounts } from '#commerce/identity'
import type { Db } from '#platform/database'
import type { Config } from '../../config.ts'
import { findSaidOf } from './preferences.queries.ts'
import { type Category, DEFAULTS, wordsIn } from './preferences.ts'
import type { Words } from './texts/words.ts'

/** Null where he is not told that way, or has no address to be told at. A mail goes to a proven address alone. */
export type Reader = { accountId: number; words: Words; email: string | null; phone: string | null; inApp: boolean }

/** Who was switched off is left out. */
export async function findReaders(
  db: Db,
  accountIds: number[],
  category: Exclude<Category, 'promotions'>,
  config: Config,
): Promise<Reader[]> {
  const accounts = await findAccounts(db, accountIds)
  const languages = await findLanguages(db, accountIds)
  const said = await findSaidOf(db, accountIds, category)
  return accounts
    .filter(({ disabledAt }) => !disabledAt)
    .map(({ id, email, emailVerifiedAt, phone }) => {
      const channels = said.get(id) ?? DEFAULTS
      return {
        accountId: id,
        words: wordsIn(languages.get(id) ?? null, config),
        email: channels.email && emailVerifiedAt ? email : null,
        phone: channels.sms ? phone : null,
        inApp: channels.inApp,
      }
    })
}
