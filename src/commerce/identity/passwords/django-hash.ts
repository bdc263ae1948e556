/** `pbkdf2_sha256$iterations$salt$hash`, as Django keeps passwords: the salt as text, the hash in base64. */
import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const SHAPE = /^pbkdf2_sha256\$([1-9]\d{0,7})\$([^$]{1,128})\$([A-Za-z0-9+/]{43}=)$/
/** Ten times what Django asks today; more would keep a thread busy for many seconds. */
const ITERATIONS_MAX = 10_000_000
const BYTES = 32

/** Whether it is such a hash, whole, and of a cost that somebody can have meant. */
export function isDjangoHash(passwordHash: string): boolean {
  const [, iterations] = SHAPE.exec(passwordHash) ?? []
  return Number(iterations) <= ITERATIONS_MAX
}

/** Takes what `isDjangoHash` lets through. */
export async function verifyDjangoHash(passwordHash: string, password: string): Promise<boolean> {
  const [, iterations, salt, kept] = passwordHash.split('$') as [string, string, string, string]
  const derived = await promisify(pbkdf2)(password, salt, Number(iterations), BYTES, 'sha256')
  return timingSafeEqual(derived, Buffer.from(kept, 'base64'))
}
