import { type Static, Type } from 'typebox'
import type { ResetByLink } from '#commerce/identity'
import type { FieldCodes } from '#platform/refusal.ts'
import { Nullable, sent } from '../http/wire.ts'
import type { LinkInPath, LinkQuery } from './email-verification.wire.ts'

export const ResetRequestWire = Type.Object({ email: Type.String({ format: 'email', minLength: 1, maxLength: 254 }) })

const text = Type.Optional(Nullable(Type.String()))
/** The order in which what is left out is told is that of the document, so the schema asks for nothing (SF-136). */
export const ResetWire = Type.Object({ uid: text, token: text, new_password1: text, new_password2: text })

type Places = {
  body: Partial<Static<typeof ResetWire>>
  query: Static<typeof LinkQuery>
  path?: Static<typeof LinkInPath>
}

/** What was sent, wherever it stands, in the words of the commerce side (SF-121). */
export function toReset({ body, query, path }: Places): ResetByLink {
  return {
    uid: path?.uidb64 || body.uid || query.uid,
    token: path?.token || body.token || query.token,
    fresh: body.new_password1,
    confirm: body.new_password2,
  }
}

/** What the schema found, under the names of the commerce side. */
export const toResetFaults = ({ uid, token, new_password1, new_password2 }: FieldCodes): FieldCodes =>
  sent({ uid, token, new_password: new_password1, new_password_confirm: new_password2 }) as FieldCodes
