/** Codes of six digits, as the letters have them. */
import assert from 'node:assert/strict'
import type { TestServer } from './server.ts'

/** The code of the newest letter to an address; each part of it has exactly one group of six digits (NX-011, NX-061). */
export async function mailedCode({ shop }: TestServer, to: string): Promise<string> {
  await shop.runJobs()
  const letter = shop.letters.findLast((sent) => sent.to === to)
  assert.ok(letter, `nothing was mailed to ${to}`)
  const codes = [letter.text, letter.html].map((part) => part.match(/\d{6,}/g))
  assert.deepEqual(codes, [codes[0], codes[0]])
  assert.equal(codes[0]?.length, 1, letter.text)
  return codes[0]![0]!
}

/** A code that it is not. */
export const wrongCode = (code: string): string => (code === '123456' ? '654321' : '123456')
