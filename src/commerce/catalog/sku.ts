import { randomInt } from 'node:crypto'

/** Without I, L, O and U: nobody reads one letter for another, and no word comes out. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/** An article number for an article that came without one: S-7F3K9Q2M4T. */
export function makeSku(): string {
  return `S-${Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
}
