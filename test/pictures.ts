/** Pictures for tests, and what is none. */
import { crc32 } from 'node:zlib'
import sharp from 'sharp'

type Wishes = { width?: number; height?: number; orientation?: number }

/** A picture whose upper left quarter is red, the rest blue. */
export async function draw(
  kind: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif',
  { width = 40, height = 20, orientation }: Wishes = {},
): Promise<Buffer> {
  const corner = { width: Math.ceil(width / 2), height: Math.ceil(height / 2), channels: 3, background: 'red' } as const
  const drawn = sharp({ create: { width, height, channels: 3, background: 'blue' } })
    .composite([{ input: { create: corner }, left: 0, top: 0 }])
    .toFormat(kind)
  const exif = { IFD0: { Copyright: 'a secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' } }
  return (orientation ? drawn.withExif(exif).withMetadata({ orientation }) : drawn).toBuffer()
}

/** A PNG whose head promises so many pixels, of which it has none. */
export async function promisePng(width: number, height: number): Promise<Buffer> {
  const bytes = await draw('png')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}
