/** XML as it comes, in bounded memory. Entities other than XML's own five and document types are refused, never read. */
import { SaxesParser } from 'saxes'
import { sheetBroken } from '../refusals.ts'

/** Names come without their prefix, as different programs write different ones. */
export type XmlVisitor = {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

const DEPTH_MAX = 64
/** Characters that one tag, text or comment may take; a cell's text is far shorter. */
const QUIET_MAX = 2 ** 20

/** Gives what the visitor finds, after each chunk of the part. */
export async function* readXml<Item>(
  part: AsyncIterable<Buffer>,
  makeVisitor: (found: (item: Item) => void) => XmlVisitor,
): AsyncGenerator<Item> {
  const found: Item[] = []
  const parser = openParser(makeVisitor((item) => found.push(item)))
  const decode = openDecoder()
  for await (const chunk of part) {
    parser.write(decode(chunk))
    yield* found.splice(0)
  }
  parser.write(decode())
  parser.close()
  yield* found
}

/** The next characters; one that lies across two chunks comes with the second. Without a chunk, the end. */
function openDecoder(): (chunk?: Buffer) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (chunk) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw sheetBroken('a part is not UTF-8')
    }
  }
}

function openParser(visitor: XmlVisitor) {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  let depth = 0
  let quiet = 0
  parser.on('error', (error) => {
    throw sheetBroken(error.message)
  })
  parser.on('doctype', () => {
    throw sheetBroken('a part has a document type')
  })
  parser.on('opentag', ({ name, attributes }) => {
    quiet = 0
    depth++
    if (depth > DEPTH_MAX) throw sheetBroken('elements are nested too deeply')
    visitor.open?.(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    quiet = 0
    depth--
    visitor.close?.(localName(name))
  })
  const onText = (text: string) => {
    quiet = 0
    visitor.text?.(ownText(text))
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  return {
    write(text: string): void {
      quiet += text.length
      parser.write(text)
      if (quiet > QUIET_MAX) throw sheetBroken('an element is too long')
    },
    close: () => void parser.close(),
  }
}

/** A piece of a longer string keeps all of it alive, which is a whole chunk; short ones are copied anyway. */
const ownText = (text: string) => (text.length < 13 ? text : Buffer.from(text).toString())

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
