import { randomInt } from 'node:crypto'

/** No 0 and O, no 1 and I: a number is read out on the telephone. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** `ORD-` and eight characters of 2^40 possibilities: not to be guessed, and unique by the table's constraint (V1-305). */
export function newOrderNumber(): string {
  return `ORD-${Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
}
