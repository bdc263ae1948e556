import { Type } from 'typebox'
import { Ok } from '../http/envelope.ts'
import { AnyObject } from '../http/wire.ts'

/** Written out where it is put together: it is all that there is, and grows with the shop. */
export const AccountExportWire = Ok(AnyObject)

export const DeleteAccountWire = Type.Object({
  password: Type.Optional(Type.String({ minLength: 1, description: 'required of an account that has one' })),
})
