import { type Static, Type } from 'typebox'
import type { ChallengeAnswer, Unverified } from '#commerce/identity'

export const LoginWire = Type.Object({
  login: Type.String({ description: 'a username, an e-mail address or a phone number' }),
  password: Type.String(),
})

/** Why somebody with the right password is not let in; where the e-mail is not verified yet, with tokens to have that mended. */
export const NotLetInWire = Type.Object(
  {
    error: Type.Optional(Type.String()),
    detail: Type.Optional(Type.String()),
    isUserEmailVerified: Type.Optional(Type.Boolean()),
    stored_email_address: Type.Optional(Type.String()),
    verification_token: Type.Optional(Type.String()),
    refresh_token: Type.Optional(Type.String()),
    encrypted_verification_token: Type.Optional(Type.String({ description: 'once a verification mail has left' })),
    action_required: Type.Optional(Type.String()),
    code: Type.Optional(Type.String()),
    challenge_token: Type.Optional(Type.String({ description: 'where a second factor is required' })),
  },
  { title: 'StorefrontNotLetIn' },
)

/** SF-073, SF-074. */
export function toUnverifiedWire(
  { account, verificationToken, refresh }: Unverified,
  resendToken: string | undefined,
): Static<typeof NotLetInWire> {
  const email = account.email ?? ''
  return {
    error: toVerifyFirst(email),
    isUserEmailVerified: false,
    stored_email_address: email,
    verification_token: verificationToken,
    refresh_token: refresh,
    ...(resendToken === undefined ? {} : { encrypted_verification_token: resendToken }),
    action_required: 'check_email_for_verification',
  }
}

export const toVerifyFirst = (email: string): string => `Please verify your email at ${email} before logging in.`

export const TwoFactorWire = Type.Object({
  challenge_token: Type.String({ minLength: 1, maxLength: 100, description: 'of the refused login' }),
  code: Type.String({ minLength: 1, maxLength: 100, description: 'of the authenticator, or a recovery code' }),
})

/** What was sent, in the words of the commerce side. */
export const toChallengeAnswer = (body: Static<typeof TwoFactorWire>): ChallengeAnswer => ({
  challengeToken: body.challenge_token,
  code: body.code,
})
