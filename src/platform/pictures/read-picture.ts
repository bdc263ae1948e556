import { Refusal } from '#platform/refusal.ts'
import { openSlots } from '#platform/slots.ts'
import { kindOf } from './picture-kind.ts'

/** A picture as we keep it: WebP, upright, without anything but what is to be seen. Width and height in pixels. */
export type ReadPicture = { bytes: Buffer; width: number; height: number }

const PIXELS_MAX = 50_000_000
/** One line of a picture is worked on at a time: a line of millions of pixels would take minutes. */
const SENT_SIDE_MAX = 20_000
const SIDE_MAX = 2400
const WITHIN_S = 30
const WEBP = { quality: 82, effort: 4 } as const

/** Decoding takes up to eight bytes a pixel: the largest picture is worked on alone, of others two at a time. */
const pixels = openSlots(PIXELS_MAX)
/** More at once would take the threads that passwords and files need as well. */
const PIXELS_TAKEN_MIN = PIXELS_MAX / 2

/**
 * Reads what somebody sent as a picture: PNG, JPEG, WebP or GIF by its content, of an animation the first frame. It comes
 * back decoded and encoded anew, at most 2400 pixels wide and high: nothing else that was in the file is left, neither
 * where it was taken nor what was hidden behind it. Refuses what is no picture of these kinds, or damaged
 * (`not_an_image`), and one of more than 50 megapixels, or 20,000 pixels on a side (`picture_too_large`). Works off the event loop.
 */
export async function readPicture(bytes: Uint8Array): Promise<ReadPicture> {
  const count = await countPixels(bytes)
  return encode(bytes, { width: SIDE_MAX, height: SIDE_MAX }, count).catch((error: Error) => {
    throw error.message.startsWith('timeout') ? tooLarge() : notAnImage()
  })
}

/** The same picture, so many pixels wide. */
export async function shrinkPicture({ bytes, width, height }: ReadPicture, to: number): Promise<ReadPicture> {
  return encode(bytes, { width: to }, width * height)
}

/** What the head of the file says, before anything is decoded. */
async function countPixels(bytes: Uint8Array): Promise<number> {
  const kind = kindOf(bytes)
  if (!kind) throw notAnImage()
  const sharp = await loadSharp()
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined)
  if (head?.format !== kind) throw notAnImage()
  const count = head.width * head.height
  if (count > PIXELS_MAX || Math.max(head.width, head.height) > SENT_SIDE_MAX) throw tooLarge()
  return count
}

type Size = { width: number; height?: number }

async function encode(bytes: Uint8Array, size: Size, count: number): Promise<ReadPicture> {
  const sharp = await loadSharp()
  const free = await pixels.take(Math.max(count, PIXELS_TAKEN_MIN))
  try {
    const { data, info } = await sharp(bytes, {
      limitInputPixels: PIXELS_MAX,
      failOn: 'warning',
      sequentialRead: true,
      pages: 1,
    })
      .autoOrient()
      .resize({ ...size, fit: 'inside', withoutEnlargement: true })
      .webp(WEBP)
      .timeout({ seconds: WITHIN_S })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  } finally {
    free()
  }
}

/** Loaded by the first picture: a shop that only shows some does without. Nothing is read twice, so nothing is cached. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  return sharp
}

const notAnImage = () =>
  new Refusal('invalid', 'not_an_image', 'This is no PNG, JPEG, WebP or GIF picture, or it is damaged')
const tooLarge = () =>
  new Refusal('invalid', 'picture_too_large', 'The picture has too many pixels', { limit: PIXELS_MAX / 1_000_000 })
