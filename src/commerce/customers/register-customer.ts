import { type Account, type Registration, registerAccount, type Visit } from '#commerce/identity'
import type { FieldCodes } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Address, AddressInput } from './address.ts'
import { addAddressStep } from './addresses.ts'
import { isToCome } from './profile.ts'
import { upsertProfile } from './queries.ts'

/** What is told of the person when an account is made. */
export type Person = { dateOfBirth?: string | null | undefined; addresses?: AddressInput[] | undefined }

/**
 * Makes an account together with what was told of its person, all or nothing (MP-020, SF-050…SF-057); with a `language` that is
 * not the shop's, its owner is written to in that one (MP-283). Refuses as `registerAccount` does, and a day of birth to come under
 * `date_of_birth`.
 */
export async function registerCustomer(
  app: App,
  registration: Partial<Registration>,
  { dateOfBirth, addresses = [] }: Person,
  visit: Visit,
  faults: FieldCodes = {},
): Promise<{ account: Account; addresses: Address[] }> {
  const found = { ...(isToCome(dateOfBirth, app.now()) ? { date_of_birth: 'date_to_come' } : {}), ...faults }
  const { account, extra } = await registerAccount(app, registration, visit, found, async (tx, { id }) => {
    const language = visit.language === app.config.SHOP_LANGUAGE ? undefined : visit.language
    if (dateOfBirth || language)
      await upsertProfile(tx, id, { dateOfBirth: dateOfBirth ?? null, language: language ?? null })
    const added: Address[] = []
    for (const address of addresses) added.push(await addAddressStep(tx, id, address, app.now()))
    return added
  })
  return { account, addresses: extra ?? [] }
}
