/** Reads the words of a PDF as our own papers are written: enough to test what stands on them, page by page. */
import { inflateSync } from 'node:zlib'

/** The text of each page; words that were drawn apart are separated by a line break. */
export function readPdfPages(bytes: Buffer): string[] {
  const objects = readObjects(bytes)
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head))
  return pages.map(({ head }) => {
    const resources = objects.get(reference(head, 'Resources'))!.head
    const fonts = new Map<string, Map<string, string>>()
    for (const [, name, id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
      fonts.set(name!, readGlyphs(objects, Number(id)))
    return readTexts(objects.get(reference(head, 'Contents'))!.content, fonts)
  })
}

type Part = { head: string; content: string }

function readObjects(bytes: Buffer): Map<number, Part> {
  const source = bytes.toString('latin1')
  const objects = new Map<number, Part>()
  for (const match of source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)(?:endobj|stream\n)/gm)) {
    const head = match[2]!
    const begin = match.index + match[0].length
    const length = Number(/\/Length (\d+)/.exec(head)?.[1])
    const isStream = match[0].endsWith('stream\n')
    const content = isStream ? inflateSync(bytes.subarray(begin, begin + length)).toString('latin1') : ''
    objects.set(Number(match[1]), { head, content })
  }
  return objects
}

const reference = (head: string, name: string) => Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1])

/** Which letters each glyph of a font stands for. */
function readGlyphs(objects: Map<number, Part>, font: number): Map<string, string> {
  const glyphs = new Map<string, string>()
  const map = objects.get(reference(objects.get(font)!.head, 'ToUnicode'))!.content
  for (const [, first, list] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const letters = [...list!.matchAll(/<([0-9a-f ]*)>/g)]
    letters.forEach(([, hex], index) => {
      const units = hex!.match(/[0-9a-f]{4}/g) ?? []
      const glyph = (Number.parseInt(first!, 16) + index).toString(16).padStart(4, '0')
      glyphs.set(glyph, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
    })
  }
  return glyphs
}

function readTexts(content: string, fonts: Map<string, Map<string, string>>): string {
  const lines: string[] = []
  let glyphs = new Map<string, string>()
  for (const [, font, text] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) glyphs = fonts.get(font)!
    else lines.push((text!.match(/[0-9a-f]{4}(?=[0-9a-f]*>)/g) ?? []).map((glyph) => glyphs.get(glyph) ?? '?').join(''))
  }
  return lines.join('\n')
}
