import type { JWTPayload } from 'jose'

/** What a provider says of a person. */
export type OpenIdClaims = {
  /** What the provider calls the person, for ever: an e-mail may be another one tomorrow. */
  subject: string
  email: string | undefined
  /** Whether the provider has made sure that the address is this person's. */
  emailVerified: boolean
  firstName: string
  lastName: string
}

export function toClaims(payload: JWTPayload): OpenIdClaims {
  return {
    subject: payload.sub!,
    email: typeof payload.email === 'string' ? payload.email : undefined,
    emailVerified: payload.email_verified === true,
    firstName: readName(payload.given_name),
    lastName: readName(payload.family_name),
  }
}

const NAME_MAX = 150

/** A name, so that it can be stored: without control characters, and cut where it is too long. */
const readName = (name: unknown): string =>
  typeof name === 'string' ? [...name.replaceAll(/[\p{Cc}\p{Cs}]/gu, '').trim()].slice(0, NAME_MAX).join('') : ''
