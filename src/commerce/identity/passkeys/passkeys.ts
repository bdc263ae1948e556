/** The passkeys of an account, as their owner sees, names and removes them. */
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { credentialsChanged } from '../events.ts'
import { confirmFreshly, type FreshProof } from '../passwords/confirm-freshly.ts'
import { lockCredentials } from '../sign-in/credentials.queries.ts'
import * as queries from './passkeys.queries.ts'

/** Gives a passkey another name. Refuses `passkey_not_found`. */
export async function renamePasskey(
  app: App,
  accountId: number,
  { id, name }: { id: number; name: string },
): Promise<queries.Passkey> {
  const passkey = await inTransaction(app.db, (tx) =>
    queries.updatePasskeyName(tx, accountId, { id, name: name.trim() }),
  )
  if (!passkey) throw missing('passkey')
  return passkey
}

/**
 * Removes a passkey: its device does not sign in any more. Sessions stay. The owner is told. Refuses `passkey_not_found`; as
 * `confirmFreshly` does; `last_way_in`.
 */
export async function removePasskey(app: App, id: number, proof: FreshProof): Promise<void> {
  const { accountId } = proof
  if (!(await queries.findPasskey(app.db, accountId, id))) throw missing('passkey')
  await confirmFreshly(app, proof)
  await inTransaction(app.db, async (tx) => {
    const owner = await lockCredentials(tx, accountId)
    if (!(await queries.deletePasskey(tx, accountId, id))) throw missing('passkey')
    // Of two removed at once the second one sees that the first is gone.
    if (!owner?.passwordHash && (await countOtherWaysIn(app, tx, accountId)) === 0) {
      throw new Refusal('conflict', 'last_way_in', 'There is no other way into the account')
    }
    await publish(tx, credentialsChanged({ accountId, what: 'passkey_removed' }))
  })
}

async function countOtherWaysIn({ config }: App, tx: Tx, accountId: number): Promise<number> {
  const passkeys = await queries.countPasskeys(tx, accountId)
  return config.GOOGLE_CLIENT_ID ? passkeys + (await queries.countGoogleLinks(tx, accountId)) : passkeys
}
