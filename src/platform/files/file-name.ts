/** How files are named: for what they show and what they hold, in words that are safe in paths and addresses. */
import { createHash } from 'node:crypto'

/** Which kinds of files there are, and what a browser is told of each. */
const TYPES = { webp: 'image/webp', png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif' } as const
type FileKind = keyof typeof TYPES

const LABEL_MAX = 60
const ADDRESS = '/files/'

/**
 * The name of a file by its content: `products/blue-vase-3f9a1c2d4e5f6071.webp`. Other content has another name, so
 * what was served once may be cached for good. `content` is the file, or whatever decides it to the last bit.
 */
export function contentName(folder: string, label: string, content: Uint8Array | string, kind: FileKind): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const words = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LABEL_MAX)
    .replace(/^-|-$/g, '')
  return `${folder}/${words || 'file'}-${hash}.${kind}`
}

/** Whether a name is one of ours: no step upwards, no hidden file, no odd letter, and of a kind that we serve. */
export function isFileName(name: string): boolean {
  return name.length <= 200 && /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.(webp|png|jpg|gif)$/.test(name)
}

/** The content type of a file by its name, which is one of ours. */
export const contentTypeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf('.') + 1) as FileKind]

/** Where a file is served, below the address of this server. */
export const addressOf = (name: string): string => ADDRESS + name

/** The name of a file by the address it is served at; undefined for an address elsewhere. */
export function nameAt(address: string): string | undefined {
  const name = address.startsWith(ADDRESS) ? address.slice(ADDRESS.length) : ''
  return isFileName(name) ? name : undefined
}
