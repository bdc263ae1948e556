import { isIP } from 'node:net'
import type { FilterReader } from '../resource.ts'

/** A status of HTTP. */
export const statusFilter = (name: string): FilterReader<number> => ({
  name,
  read: (text) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined),
  code: 'not_number',
})

/** What is no address, or one of some network interface (`fe80::1%eth0`), is that of no request. */
export const ipFilter: FilterReader<string> = {
  name: 'ip_address',
  read: (text) => (isIP(text) && !text.includes('%') ? text : '::'),
  code: 'invalid',
}
