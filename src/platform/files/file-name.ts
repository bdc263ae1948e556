/** How files are named: for what they show and what they hold, in words that are safe in paths and addresses. */
import { createHash } from 'node:crypto'

type FileKind = 'webp' | 'png' | 'jpg' | 'gif'

const LABEL_MAX = 60

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

/** Whether a name is one of ours: no step upwards, no hidden file, no odd letter. */
export function isFileName(name: string): boolean {
  return name.length <= 200 && /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.[a-z0-9]+$/.test(name)
}
