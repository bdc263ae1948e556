/** Keys made of SECRET_KEY, one for each use, so that what was made for one is worth nothing for another. */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Config } from '../../../config.ts'

const keys = new Map<string, KeyObject>()

/** A key of 256 bits. The same object each time: jose prepares a key once for each. */
export function keyFor(use: string, { SECRET_KEY: secret }: Config): KeyObject {
  const name = `${use}:${secret}`
  const known = keys.get(name)
  if (known) return known
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `souk ${use}`, 32)))
  keys.set(name, key)
  return key
}
