/** Password hashes: argon2id with 19 MiB, two passes, one lane. Hashing runs on the thread pool. */
import { hash, verify } from '@node-rs/argon2'

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** About 30 ms of one core, beside the event loop. The salt and the cost are in the result. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS)
}

/** Whether the password is that of the hash. Without a hash it costs the same, and is no: who asks learns nothing. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  if (!passwordHash) {
    await hash(password, OPTIONS)
    return false
  }
  return verify(passwordHash, password)
}
