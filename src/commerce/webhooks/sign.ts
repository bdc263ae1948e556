/** Signatures as standardwebhooks.com describes them: what receivers verify with a library. */
import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** A fresh secret: `whsec_` and 24 random bytes in base64. */
export const newSecret = (): string => PREFIX + randomBytes(24).toString('base64')

/** The headers of a message, signed by each of the secrets: its id, the time in seconds, and the signatures. */
export function signMessage(secrets: string[], id: string, body: string, now: Date): Record<string, string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}
