/**
 * Password hashes: argon2id with 19 MiB, two passes, one lane (NX-152). Those of Django (`pbkdf2_sha256`) are taken too, so
 * that a shop can bring its customers along; who signs in with one is to get a new hash. All of it runs on the thread pool.
 */
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { isDjangoHash, verifyDjangoHash } from './django-hash.ts'

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** About 30 ms of one core, beside the event loop. The salt and the cost are in the result. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS)
}

/**
 * Whether the password is that of the hash. Without a hash, or with one that nobody can read, it costs the same, and is
 * no: who asks learns nothing.
 */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  if (passwordHash && isArgon2(passwordHash)) return verify(passwordHash, password)
  if (passwordHash && isDjangoHash(passwordHash)) return verifyDjangoHash(passwordHash, password)
  await hash(password, OPTIONS)
  return false
}

/** Whether a password that was right is to be hashed anew: its hash was not made as `hashPassword` makes it. */
export function needsRehash(passwordHash: string): boolean {
  if (!passwordHash.startsWith('$argon2id$v=19$') || !isArgon2(passwordHash)) return true
  const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash)
  const { memoryCost: memory, timeCost: time, parallelism: lanes } = OPTIONS
  return memoryCost !== memory || timeCost !== time || parallelism !== lanes
}

function isArgon2(passwordHash: string): boolean {
  try {
    parseOptions(passwordHash)
    return true
  } catch {
    return false
  }
}
