/** Which addresses lie outside: whoever lets others name an address must not be led into his own house. */
import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { isLocal } from '../location/index.ts'

/** Of IPv4, what is no network of a house and yet of nobody: reserved, for examples, for many at once. */
const reserved = new BlockList()
for (const [network, bits] of [
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  reserved.addSubnet(network, bits, 'ipv4')
/** Of IPv6 only what is given out to the world lies outside; and of that, what stands for an IPv4 address does not. */
const outside6 = new BlockList()
outside6.addSubnet('2000::', 3, 'ipv6')
const standIns6 = new BlockList()
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  standIns6.addSubnet(network, bits, 'ipv6')

/** Whether an IP address lies in the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !isLocal(address) && !reserved.check(address, 'ipv4')
  return family === 6 && outside6.check(address, 'ipv6') && !standIns6.check(address, 'ipv6')
}

/** Where a name leads that may not be gone to. */
export class InsideAddress extends Error {
  readonly code = 'EINSIDE'
  constructor(host: string) {
    super(`${host} is not an address in the public internet`)
  }
}

/**
 * Resolves names as `node:dns` does, and fails with `InsideAddress` where one of the addresses lies inside. Given to what connects, so that it
 * is the address that is connected to which was looked at, and not one of a moment before.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new InsideAddress(hostname), '')
    if (options.all) return callback(null, addresses as never)
    const [{ address, family }] = addresses as [{ address: string; family: number }]
    callback(null, address, family)
  })
}
