/** Recovery codes: for who has lost the device that shows the codes of the second factor. Each works once (MP-048). */
import { createHmac, randomInt } from 'node:crypto'
import type { Config } from '../../../config.ts'
import { keyFor } from '../proofs/keys.ts'

const COUNT = 10
/** Nothing that is easily taken for something else: no 0 and o, no 1, i and l. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
/** 25 signs of 31: 123 bits, so that a plain hash is enough, and nobody guesses (ASVS 6.5.2). */
const GROUPS = 5
const GROUP_LENGTH = 5

/** As they are shown, once: `xxxxx-xxxxx-xxxxx-xxxxx-xxxxx`. */
export const makeRecoveryCodes = (): string[] => Array.from({ length: COUNT }, makeCode)

const makeCode = () => Array.from({ length: GROUPS }, makeGroup).join('-')
const makeGroup = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** What is kept of a code, however it was typed: in capitals, with blanks or without dashes. */
export function hashRecoveryCode(code: string, accountId: number, config: Config): string {
  const bare = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return createHmac('sha256', keyFor('recovery codes', config)).update(`${accountId}:${bare}`).digest('hex')
}
