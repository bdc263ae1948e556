/** What an address tells of itself, without asking anybody. */
import { BlockList, isIP } from 'node:net'

/** Of this machine, this house, or the provider's own network: nobody outside can say where that is. */
const local = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  local.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
] as const)
  local.addSubnet(network, bits, 'ipv6')

/** Whether the address is private, loopback, link-local or shared by a provider's customers. Takes what `toAddress` gives. */
export function isLocal(address: string): boolean {
  return local.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** The address in its one usual form: IPv4 where it is only wrapped in IPv6, without a zone. Undefined: it is none. */
export function toAddress(text: string): string | undefined {
  const address = text.trim().replace(/%.*$/, '')
  if (isIP(address) === 4) return address
  if (isIP(address) !== 6) return undefined
  const usual = shorten(address)
  const wrapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(usual)
  if (!wrapped) return usual
  const [high, low] = [Number.parseInt(wrapped[1]!, 16), Number.parseInt(wrapped[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/**
 * The network that an address belongs to: /16 of IPv4, /48 of IPv6 (NX-053), as `203.0.0.0/16` or `2001:db8:1::/48`.
 * Null where the text is no address.
 */
export function networkOf(ip: string): string | null {
  const address = toAddress(ip)
  if (address === undefined) return null
  if (isIP(address) === 4) return `${address.split('.').slice(0, 2).join('.')}.0.0/16`
  const [before = '', after] = address.split('::')
  const groups = before.split(':').filter(Boolean)
  if (after !== undefined) {
    const tail = after.split(':').filter(Boolean)
    groups.push(...Array<string>(8 - groups.length - tail.length).fill('0'), ...tail)
  }
  return `${shorten(`${groups.slice(0, 3).join(':')}::`)}/48`
}

/** A URL writes an address of IPv6 in its shortest form. */
const shorten = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1)
