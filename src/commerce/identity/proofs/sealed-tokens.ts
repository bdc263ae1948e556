/** Texts that only we can read and make, and that say what they are for: encrypted, with an end (SF-085). */
import { randomUUID } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import type { Config } from '../../../config.ts'
import { keyFor } from './keys.ts'

export type SealedFor =
  | 'verify_email'
  | 'reset_password'
  | 'resend_verification'
  | 'google_sign_in'
  | 'totp_secret'
  | 'webhook_secret'

/** Encrypts what is said of somebody for one use. No two are alike. URL-safe. */
export function seal(
  use: SealedFor,
  subject: string,
  {
    now,
    expiresAt,
    config,
    extra = {},
  }: { now: Date; expiresAt?: Date; config: Config; extra?: Record<string, string> },
): Promise<string> {
  const token = new EncryptJWT({ ...extra, use })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(now)
  if (expiresAt) token.setExpirationTime(expiresAt)
  return token.encrypt(keyFor('sealing', config))
}

/** What was sealed for this use; undefined for what is forged, expired, or was made for another one. */
export async function unseal(
  use: SealedFor,
  text: string,
  { now, config }: { now: Date; config: Config },
): Promise<{ subject: string; extra: Record<string, unknown> } | undefined> {
  try {
    const { payload } = await jwtDecrypt(text, keyFor('sealing', config), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      currentDate: now,
    })
    if (payload.use !== use || typeof payload.sub !== 'string') return undefined
    return { subject: payload.sub, extra: payload }
  } catch {
    return undefined
  }
}
