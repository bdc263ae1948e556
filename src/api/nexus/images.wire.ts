import { type Static, Type } from 'typebox'
import type { PictureChanges } from '#commerce/catalog'
import { IdInPath, PictureUrl, sent } from '../http/wire.ts'
import { SlugInPath } from './slugs.ts'

export const ImageInPath = Type.Object({ ...SlugInPath.properties, ...IdInPath.properties })

const alt_text = Type.Optional(Type.String({ maxLength: 255 }))
const is_primary = Type.Optional(Type.Boolean())

export const ImageInputWire = Type.Object(
  { image_url: Type.Optional(PictureUrl), alt_text, is_primary },
  { title: 'NexusImageInput' },
)
export const ImageChangesWire = Type.Object(
  { alt_text, is_primary, order: Type.Optional(Type.Integer({ minimum: 0, description: 'the place, from 0' })) },
  { title: 'NexusImageChanges' },
)

export const toPictureChanges = (body: Static<typeof ImageChangesWire>): PictureChanges =>
  sent({ altText: body.alt_text, isPrimary: body.is_primary, position: body.order })
