import { type Static, Type } from 'typebox'
import type { Picture } from '#commerce/browse'
import type { PictureChanges } from '#commerce/catalog'
import { renditionAt } from '#platform/pictures'
import { toFileUrl } from '../http/file-url.ts'
import { sent } from '../http/wire.ts'

export const ImageInPath = Type.Object({
  id: Type.String({ description: 'id or slug', maxLength: 300 }),
  image_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

export const ImageWire = Type.Object(
  {
    id: Type.Integer(),
    url: Type.String(),
    alt_text: Type.String(),
    is_primary: Type.Boolean(),
    position: Type.Integer(),
    sizes: Type.Record(Type.String(), Type.String(), {
      description: 'addresses of smaller copies, by their width in pixels; they appear shortly after an upload',
    }),
  },
  { title: 'Image' },
)

const alt_text = Type.Optional(Type.String({ maxLength: 255 }))
const is_primary = Type.Optional(Type.Boolean())

export const ImageInputWire = Type.Object(
  { url: Type.Optional(Type.String({ format: 'uri', maxLength: 2000 })), alt_text, is_primary },
  { title: 'ImageInput' },
)
export const ImageChangesWire = Type.Object(
  { alt_text, is_primary, position: Type.Optional(Type.Integer({ minimum: 0, description: 'the place, from 0' })) },
  { title: 'ImageChanges' },
)

export const toPictureChanges = (body: Static<typeof ImageChangesWire>): PictureChanges =>
  sent({ altText: body.alt_text, isPrimary: body.is_primary, position: body.position })

export function toImageWire(picture: Picture, publicUrl: string): Static<typeof ImageWire> {
  const copies = picture.sizes.map((width) => [width, toFileUrl(publicUrl, renditionAt(picture.url, width))])
  return {
    id: picture.id,
    url: toFileUrl(publicUrl, picture.url),
    alt_text: picture.altText,
    is_primary: picture.isPrimary,
    position: picture.position,
    sizes: Object.fromEntries(copies),
  }
}
