type Secrets = { SECRET_KEY: string; DATABASE_URL: string }

/** So many different ones has even the dullest key that somebody did not make up by leaning on the keyboard. */
const CHARACTERS_MIN = 8
const PLACEHOLDER = /change.?me|placeholder|your.?secret|insecure|example/i

/** Refuses, in one sentence, what production must not run with (V1-179). */
export function refuseUnsafe(read: Secrets): void {
  const problems: string[] = []
  if (read.SECRET_KEY.length < 32) problems.push('SECRET_KEY must be set, with at least 32 characters')
  else if (PLACEHOLDER.test(read.SECRET_KEY) || new Set(read.SECRET_KEY).size < CHARACTERS_MIN)
    problems.push('SECRET_KEY is a placeholder: set one of your own')
  if (!read.DATABASE_URL) problems.push('DATABASE_URL must be set (embedded://PATH to run on the embedded database)')
  if (problems.length > 0) throw new Error(`Souk does not start in production like this: ${problems.join('; ')}.`)
}
