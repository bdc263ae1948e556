import { Type } from 'typebox'
import { Ok } from '../http/envelope.ts'
import { Nullable } from '../http/wire.ts'

const Code = Type.String({ minLength: 1, maxLength: 100, description: 'of the authenticator, or a recovery code' })

export const SetUpWire = Ok(
  Type.Object(
    { secret: Type.String({ description: 'in base 32' }), otpauth_url: Type.String({ description: 'for a QR code' }) },
    { title: 'MarketplaceTwoFactorSecret' },
  ),
)
export const CodeWire = Type.Object({
  code: Code,
  password: Type.Optional(
    Nullable(Type.String({ description: 'wanted for switching it on where the sign-in is more than 15 minutes ago' })),
  ),
})
export const RecoveryCodesWire = Ok(
  Type.Object(
    { recovery_codes: Type.Array(Type.String(), { description: 'each works once; they are shown only now' }) },
    { title: 'MarketplaceRecoveryCodes' },
  ),
)
export const DisableWire = Type.Object({ password: Type.String({ minLength: 1 }), code: Code })
export const VerifyWire = Type.Object({
  challenge_token: Type.String({ minLength: 1, maxLength: 100, description: 'of the login' }),
  code: Code,
})
