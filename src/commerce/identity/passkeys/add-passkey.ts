import { inTransaction } from '#platform/database'
import { publish } from '#platform/events'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { findAccount } from '../accounts/accounts.queries.ts'
import { credentialsChanged } from '../events.ts'
import { confirmFreshly, type FreshProof } from '../passwords/confirm-freshly.ts'
import { describeDevice } from '../sessions/device.ts'
import { requireOpenSession } from '../sessions/sessions.ts'
import { lockCredentials } from '../sign-in/credentials.queries.ts'
import {
  CHALLENGE_LIFETIME_MS,
  type CheckedPasskey,
  type CreatedPasskey,
  type CreationOptions,
  checkCreated,
  makeCreationOptions,
  readChallenge,
} from './passkey-ceremonies.ts'
import {
  countPasskeys,
  insertChallenge,
  insertPasskey,
  listCredentials,
  type Passkey,
  takeChallenge,
} from './passkeys.queries.ts'

const PASSKEYS_MAX = 20

/** What a browser is to ask for, with a challenge that is good for one answer of this account within 5 minutes. Refuses `too_many_passkeys`. */
export async function startPasskey(app: App, accountId: number): Promise<CreationOptions> {
  const account = await findAccount(app.db, accountId)
  if (!account) throw missing('account')
  const known = await listCredentials(app.db, accountId)
  if (known.length >= PASSKEYS_MAX) throw tooMany()
  const options = await makeCreationOptions(app.config, account, known)
  const expiresAt = new Date(app.now().getTime() + CHALLENGE_LIFETIME_MS)
  await inTransaction(app.db, (tx) => insertChallenge(tx, { challenge: options.challenge, accountId, expiresAt }))
  return options
}

/**
 * Keeps a passkey that the device of the owner has made; without a name it is called after the device. The owner is told.
 * Refuses as `confirmFreshly` does; `credential`: `passkey_not_valid`; `passkey_known`, somebody has it; `too_many_passkeys`.
 */
export async function addPasskey(
  app: App,
  { created, name }: { created: CreatedPasskey; name?: string | null | undefined },
  proof: FreshProof,
): Promise<Passkey> {
  const { accountId, device } = proof
  await confirmFreshly(app, proof)
  const checked = await checkOnce(app, created, accountId)
  if (!checked) throw invalidFields({ credential: 'passkey_not_valid' })
  const called = name?.trim() || describeDevice(device.userAgent)
  return inTransaction(app.db, async (tx) => {
    const owner = await lockCredentials(tx, accountId)
    if (!owner?.isActive) throw missing('account')
    await requireOpenSession(tx, proof.sessionId)
    if ((await countPasskeys(tx, accountId)) >= PASSKEYS_MAX) throw tooMany()
    const passkey = await insertPasskey(tx, { ...checked, accountId, name: called }, app.now())
    if (!passkey) throw new Refusal('conflict', 'passkey_known', 'The passkey is registered already')
    await publish(tx, credentialsChanged({ accountId, what: 'passkey_added' }))
    return passkey
  })
}

async function checkOnce(app: App, created: CreatedPasskey, accountId: number): Promise<CheckedPasskey | undefined> {
  const challenge = readChallenge(created.response)
  const isGood = challenge !== undefined && (await takeChallenge(app.db, challenge, accountId, app.now()))
  return isGood ? checkCreated(app.config, created, challenge) : undefined
}

const tooMany = () => new Refusal('conflict', 'too_many_passkeys', `An account has at most ${PASSKEYS_MAX} passkeys`)
