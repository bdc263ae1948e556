import { type Static, Type } from 'typebox'
import type { Owner } from '#commerce/backoffice'
import { Nullable } from '../http/wire.ts'

/** `UserRef` of the document; null once the account was closed. */
export const UserRefWire = Nullable(
  Type.Object({ id: Type.Integer(), username: Type.String(), email: Type.String() }, { title: 'UserRef' }),
)

export const toUserRef = ({ accountId, username, accountEmail }: Owner): Static<typeof UserRefWire> =>
  accountId === null ? null : { id: accountId, username: username ?? '', email: accountEmail ?? '' }
