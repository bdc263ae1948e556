import type { Tx } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import type { Account } from '../accounts/account.ts'
import { lockAccounts } from './staff-accounts.queries.ts'

/**
 * Locks an account that staff is about to act on, and looks whether it may: a superuser can only be changed by a superuser,
 * and who is not of the staff any more, as of now, does nothing. Refuses `account_not_found`, `staff_only`, `superuser_only`.
 */
export async function lockForStaff(
  tx: Tx,
  staffId: number,
  accountId: number,
): Promise<{ staff: Account; account: Account }> {
  const accounts = await lockAccounts(tx, [staffId, accountId])
  const staff = accounts.find(({ id }) => id === staffId)
  const account = accounts.find(({ id }) => id === accountId)
  if (!staff?.isActive || !staff.isStaff) throw new Refusal('forbidden', 'staff_only', 'Staff only')
  if (!account) throw missing('account')
  if (account.isSuperuser && !staff.isSuperuser) throw superuserOnly()
  return { staff, account }
}

export const superuserOnly = () => new Refusal('forbidden', 'superuser_only', 'Superusers only')
