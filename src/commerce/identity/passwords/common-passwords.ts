import { createRequire } from 'node:module'
import type { dictionary } from '@zxcvbn-ts/language-common'

let common: Set<string> | undefined

/** Whether this is one of the 49,000 passwords that are tried first; case makes no difference (V1-030). */
export function isCommonPassword(password: string): boolean {
  common ??= readCommonPasswords()
  return common.has(password.toLowerCase())
}

/** About 100 ms, at the first password that somebody chooses: no start of the server waits for it. */
function readCommonPasswords(): Set<string> {
  const read = createRequire(import.meta.url)('@zxcvbn-ts/language-common') as { dictionary: typeof dictionary }
  return new Set(read.dictionary['passwords-common'])
}
