import { type Static, Type } from 'typebox'
import type { Resent } from '#commerce/notifications'
import { toVerifyFirst } from './login.wire.ts'

/** Nothing needs to be sent. */
export const ResendWire = Type.Object({})

export const ResentWire = Type.Object(
  {
    message: Type.String(),
    detail: Type.String(),
    stored_email_address: Type.String(),
    email_sent: Type.Boolean(),
    verification_required: Type.Boolean(),
    remaining_attempts: Type.Integer({ description: 'how many mails this address may still ask for today' }),
  },
  { title: 'StorefrontResent' },
)

export const toResentWire = ({ email, remaining }: Resent): Static<typeof ResentWire> => ({
  message: toVerifyFirst(email),
  detail: 'Please check your email for the verification link',
  stored_email_address: email,
  email_sent: true,
  verification_required: true,
  remaining_attempts: remaining,
})
