import { type Static, Type } from 'typebox'
import type { ChallengeAnswer } from '#commerce/identity'
import { SignInWire } from './sign-in.wire.ts'

export const TwoFactorWire = Type.Object({
  challenge_token: Type.String({ minLength: 1, maxLength: 100, description: 'of the refusal of the sign-in' }),
  code: Type.String({ minLength: 1, maxLength: 100, description: 'of the authenticator, or a recovery code' }),
  cart_token: SignInWire.properties.cart_token,
})

/** What was sent, in the words of the commerce side. */
export const toChallengeAnswer = (body: Static<typeof TwoFactorWire>): ChallengeAnswer => ({
  challengeToken: body.challenge_token,
  code: body.code,
})
