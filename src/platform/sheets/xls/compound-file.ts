/** The container of a .xls: a small file system in sectors of 512 bytes, here with one file in it ([MS-CFB], version 3). */

const SECTOR = 512
const NUMBERS_PER_SECTOR = SECTOR / 4
/** How many sectors of the allocation table the header itself names. */
const IN_HEADER = 109
const FREE = 0xffffffff
const END = 0xfffffffe
const OF_TABLE = 0xfffffffd
const OF_LIST = 0xfffffffc
/** Smaller files would lie in a file system of their own. */
const FILE_MIN = 4096

/** The pieces of a container with one file of this name, whose bytes come in pieces as well. */
export function wrapFile(name: string, content: Buffer[]): Buffer[] {
  const bytes = content.reduce((sum, piece) => sum + piece.length, 0)
  const padded = Math.ceil(Math.max(bytes, FILE_MIN) / SECTOR) * SECTOR
  const file = padded / SECTOR
  const { table, list } = countSectors(file + 1)
  const directory = file
  const firstOfTable = directory + 1
  const firstOfList = firstOfTable + table
  const tableSectors = Array.from({ length: table }, (_, at) => firstOfTable + at)
  const beyond = tableSectors.slice(IN_HEADER)
  return [
    header({ table, directory, firstOfList, list, tableSectors }),
    ...content,
    Buffer.alloc(padded - bytes),
    directorySector(name, padded),
    numbers(
      [...chain(file), END, ...tableSectors.map(() => OF_TABLE), ...Array.from({ length: list }, () => OF_LIST)],
      table,
    ),
    ...Array.from({ length: list }, (_, at) => listSector(beyond, at, list, firstOfList)),
  ]
}

/** The table has a number for every sector, those of itself and of the list of its sectors among them. */
function countSectors(others: number): { table: number; list: number } {
  let [table, list] = [1, 0]
  for (;;) {
    const needed = Math.ceil((others + table + list) / NUMBERS_PER_SECTOR)
    const listed = Math.ceil(Math.max(0, needed - IN_HEADER) / (NUMBERS_PER_SECTOR - 1))
    if (needed === table && listed === list) return { table, list }
    table = needed
    list = listed
  }
}

/** Each sector of the file names the next one. */
const chain = (sectors: number): number[] =>
  Array.from({ length: sectors }, (_, at) => (at === sectors - 1 ? END : at + 1))

type Layout = { table: number; directory: number; firstOfList: number; list: number; tableSectors: number[] }

function header({ table, directory, firstOfList, list, tableSectors }: Layout): Buffer {
  const head = Buffer.alloc(76)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head)
  head.writeUInt16LE(0x003e, 24)
  head.writeUInt16LE(3, 26)
  head.writeUInt16LE(0xfffe, 28)
  head.writeUInt16LE(9, 30)
  head.writeUInt16LE(6, 32)
  head.writeUInt32LE(table, 44)
  head.writeUInt32LE(directory, 48)
  head.writeUInt32LE(FILE_MIN, 56)
  head.writeUInt32LE(END, 60)
  head.writeUInt32LE(list > 0 ? firstOfList : END, 68)
  head.writeUInt32LE(list, 72)
  const named = Array.from({ length: IN_HEADER }, (_, at) => tableSectors[at] ?? FREE)
  return Buffer.concat([head, Buffer.from(Uint32Array.from(named).buffer)])
}

function listSector(beyond: number[], at: number, count: number, first: number): Buffer {
  const size = NUMBERS_PER_SECTOR - 1
  const named = Array.from({ length: size }, (_, place) => beyond[at * size + place] ?? FREE)
  return numbers([...named, at === count - 1 ? END : first + at + 1], 1)
}

/** Numbers that fill so many sectors; what is left says that it is free. */
function numbers(values: number[], sectors: number): Buffer {
  const filled = new Uint32Array(sectors * NUMBERS_PER_SECTOR).fill(FREE)
  filled.set(values)
  return Buffer.from(filled.buffer)
}

function directorySector(name: string, bytes: number): Buffer {
  const root = entry({ name: 'Root Entry', type: 5, child: 1, start: END, bytes: 0 })
  return Buffer.concat([root, entry({ name, type: 2, child: FREE, start: 0, bytes }), nothing(), nothing()])
}

type Entry = { name: string; type: number; child: number; start: number; bytes: number }

function entry({ name, type, child, start, bytes }: Entry): Buffer {
  const written = nothing()
  written.write(name, 'utf16le')
  written.writeUInt16LE((name.length + 1) * 2, 64)
  written.writeUInt8(type, 66)
  written.writeUInt8(1, 67)
  written.writeUInt32LE(child, 76)
  written.writeUInt32LE(start, 116)
  written.writeUInt32LE(bytes, 120)
  return written
}

/** An entry of which nothing is said: it has no neighbours, and nothing below it. */
function nothing(): Buffer {
  const empty = Buffer.alloc(128)
  for (const place of [68, 72, 76]) empty.writeUInt32LE(FREE, place)
  return empty
}
