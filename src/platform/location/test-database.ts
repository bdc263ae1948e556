/** Writes small databases in the format of MaxMind (version 2.0), for tests: those with cities are not free to pass on. */
import { writeFileSync } from 'node:fs'

type Value = string | number | Value[] | { [key: string]: Value }
type Branch = [Link, Link]
type Link = Branch | Value | undefined

const SEPARATOR = Buffer.alloc(16)
const METADATA_MARKER = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])

/** Writes a file that knows these networks of IPv4, each as `['203.0.112.0', 24, record]`. */
export function writeDatabase(path: string, networks: [network: string, bits: number, record: Value][]): void {
  const root: Branch = [undefined, undefined]
  for (const [network, bits, record] of networks) {
    const path = '0'.repeat(96) + network.split('.').map(toByteBits).join('').slice(0, bits)
    plant(root, path, { record })
  }
  const nodes = listNodes(root)
  const data: Buffer[] = []
  const toNumber = (link: Link) => {
    if (link === undefined) return nodes.length
    if (Array.isArray(link)) return nodes.indexOf(link as Branch)
    const offset = Buffer.concat(data).length
    data.push(encode((link as { record: Value }).record))
    return nodes.length + SEPARATOR.length + offset
  }
  const tree = Buffer.concat(nodes.map(([left, right]) => Buffer.concat([to24(toNumber(left)), to24(toNumber(right))])))
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
    database_type: 'Test-City',
    description: {},
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 24,
  })
  writeFileSync(path, Buffer.concat([tree, SEPARATOR, ...data, METADATA_MARKER, metadata]))
}

const toByteBits = (part: string) => Number(part).toString(2).padStart(8, '0')

function plant(root: Branch, path: string, leaf: Value): void {
  let node = root
  for (const bit of path.slice(0, -1)) {
    const next = (node[Number(bit)] ?? [undefined, undefined]) as Branch
    node[Number(bit)] = next
    node = next
  }
  node[Number(path.at(-1))] = leaf
}

function listNodes(root: Branch): Branch[] {
  const nodes = [root]
  // The list grows while it is walked.
  for (const node of nodes) nodes.push(...(node.filter(Array.isArray) as Branch[]))
  return nodes
}

function to24(number: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntBE(number, 0, 3)
  return bytes
}

const [STRING, UINT32, MAP, ARRAY] = [2, 6, 7, 11]

function encode(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([head(STRING, Buffer.byteLength(value)), Buffer.from(value)])
  if (Array.isArray(value)) return Buffer.concat([head(ARRAY, value.length), ...value.map(encode)])
  if (typeof value === 'object') {
    const entries = Object.entries(value)
    return Buffer.concat([head(MAP, entries.length), ...entries.flatMap(([key, each]) => [encode(key), encode(each)])])
  }
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return Buffer.concat([head(UINT32, 4), bytes])
}

/** Type and size; types above 7 stand in a byte of their own, sizes from 29 on as well. */
function head(type: number, size: number): Buffer {
  const first = (type > 7 ? 0 : type << 5) | Math.min(size, 29)
  return Buffer.from([first, ...(type > 7 ? [type - 7] : []), ...(size >= 29 ? [size - 29] : [])])
}
