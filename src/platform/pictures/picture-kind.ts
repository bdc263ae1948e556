export type PictureKind = 'png' | 'jpeg' | 'webp' | 'gif'

/** How each kind begins, byte by byte. */
const BEGINNINGS: [PictureKind, string][] = [
  ['png', '\x89PNG\r\n\x1a\n'],
  ['jpeg', '\xff\xd8\xff'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
]
const RIFF_KIND_AT = 8

/** The kind of a picture by its content, whatever it is called; undefined for anything that is not one of these. */
export function kindOf(bytes: Uint8Array): PictureKind | undefined {
  const beginning = Buffer.from(bytes.subarray(0, RIFF_KIND_AT + 4)).toString('latin1')
  // Between the two stands the length.
  if (beginning.startsWith('RIFF') && beginning.startsWith('WEBP', RIFF_KIND_AT)) return 'webp'
  return BEGINNINGS.find(([, bytes]) => beginning.startsWith(bytes))?.[0]
}
