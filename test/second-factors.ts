/** Accounts with a second factor, and the authenticator of their owner. */
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import {
  authenticate,
  completeSignIn,
  emailName,
  enableSecondFactor,
  type Surface,
  setUpSecondFactor,
  signIn,
} from '#commerce/identity'
import { type SignedUp, signedUp } from './accounts.ts'
import { refusalOf } from './refusals.ts'
import type { TestShop } from './shop.ts'

export const STEP_MS = 30_000

export const visitOn = (surface: Surface) => ({ surface, device: { ip: '127.0.0.1', userAgent: 'test' } })

/** What the authenticator shows, so many steps from now. */
export const codeOf = (shop: TestShop, secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: shop.now().getTime() + steps * STEP_MS })

/** A code that the authenticator does not show. */
export const wrongCode = (shop: TestShop, secret: string): string =>
  String((Number(codeOf(shop, secret)) + 123_456) % 1_000_000).padStart(6, '0')

/** To the middle of the next step: what a test does at once happens within it. */
export const passToMidStep = (shop: TestShop): void => shop.pass(STEP_MS * 1.5 - (shop.now().getTime() % STEP_MS))

export async function holderOf(shop: TestShop, { access }: SignedUp) {
  const { accountId, sessionId } = await authenticate(shop, access)
  return { accountId, sessionId }
}

/** Somebody whose second factor is on since a minute ago. */
export async function guarded(shop: TestShop) {
  const user = await signedUp({ shop })
  const holder = await holderOf(shop, user)
  const { secret } = await setUpSecondFactor(shop, user.accountId)
  const { recoveryCodes } = await enableSecondFactor(shop, holder, { code: codeOf(shop, secret) }, visitOn('v1'))
  shop.pass(2 * STEP_MS)
  return { user, holder, secret, recoveryCodes }
}

export const signInAs = (shop: TestShop, { email, password }: SignedUp, surface: Surface = 'v1') =>
  signIn(shop, { name: emailName(email), password }, visitOn(surface))

/** What a sign-in with the right password is answered. */
export async function challengeOf(shop: TestShop, user: SignedUp, surface?: Surface): Promise<string> {
  const { kind, code, details } = await refusalOf(signInAs(shop, user, surface))
  assert.deepEqual([kind, code], ['forbidden', 'second_factor_required'])
  return details.challengeToken as string
}

export const complete = (shop: TestShop, challengeToken: string, code: string) =>
  completeSignIn(shop, { challengeToken, code }, visitOn('v1'))
