/** What somebody typed to say who he is, and as what it is taken. */
import { isEmail, isPhone, normalizeEmail, normalizePhone, type Surface } from '../accounts/account.ts'

/** `value` is in the form in which it is looked up. */
export type SignInName = { kind: 'email' | 'phone' | 'username'; value: string }

const LENGTH_MAX = 254

export const emailName = (text: string): SignInName => ({
  kind: 'email',
  value: normalizeEmail(text).slice(0, LENGTH_MAX),
})
export const phoneName = (text: string): SignInName => ({
  kind: 'phone',
  value: normalizePhone(text).slice(0, LENGTH_MAX),
})

/** Any of the three (SF-070…SF-072). What looks like an e-mail or a phone is never taken for a username: nobody can pose as its owner. */
export function anyName(text: string): SignInName {
  if (text.includes('@')) return emailName(text)
  return isPhone(text) ? phoneName(text) : { kind: 'username', value: text.trim().toLowerCase().slice(0, LENGTH_MAX) }
}

/** Whether it could be the name of an account; what could not is answered like an unknown one, and not counted (NX-051). */
export function isWellFormed({ kind, value }: SignInName): boolean {
  if (kind === 'username') return value !== ''
  return kind === 'email' ? isEmail(value) : isPhone(value)
}

/**
 * Surfaces whose phones are names to sign in with on this one (V1-022). A phone that was verified is one everywhere; one that
 * was merely noted in a profile of v1 or nexus nowhere.
 */
export function phoneSurfaces(surface: Surface): Surface[] {
  if (surface === 'storefront') return ['storefront', 'marketplace']
  return surface === 'marketplace' ? ['marketplace'] : []
}
