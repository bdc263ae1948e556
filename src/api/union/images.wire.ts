import { Type } from 'typebox'
import { Ok } from '../http/envelope.ts'
import { PictureUrl } from '../http/wire.ts'
import { ImageWire } from './products.wire.ts'

export const ImageInPath = Type.Object({
  id: Type.String({ description: 'of the product: id or slug', maxLength: 300 }),
  image_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

const Words = Type.Optional(Type.String({ maxLength: 255 }))
export const ImageInputWire = Type.Object(
  {
    image_url: Type.Optional(PictureUrl),
    description: Words,
    alt_text: Words,
    is_primary: Type.Optional(Type.Boolean()),
  },
  { title: 'SharedImageInput' },
)
export const ImageAnswerWire = Ok(ImageWire)
