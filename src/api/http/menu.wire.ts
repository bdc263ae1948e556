/** What the bodies about categories and brands have in common, on whichever surface (V1-221, V1-230, NX-083, NX-085). */
import { type Static, Type } from 'typebox'
import { Filled, Nullable, sent } from './wire.ts'

const Optional = Type.Optional
const Url = Nullable(Type.String({ format: 'uri', maxLength: 2000 }))
export const MenuName = Filled({ maxLength: 255 })

/** All that is said of a category but its name and its parent. */
export const categoryFields = {
  description: Optional(Type.String({ maxLength: 50_000 })),
  image: Optional(Url),
  slug: Optional(Filled({ maxLength: 120 })),
  is_active: Optional(Type.Boolean()),
}
const CategoryFields = Type.Object({ name: Optional(MenuName), ...categoryFields })

export const toCategoryTraits = (body: Static<typeof CategoryFields>) =>
  sent({
    name: body.name?.trim(),
    description: body.description,
    image: body.image,
    slug: body.slug,
    isActive: body.is_active,
  })

const brandFields = {
  description: Optional(Type.String({ maxLength: 50_000 })),
  logo: Optional(Url),
  website: Optional(Url),
  is_active: Optional(Type.Boolean()),
}
export const NewBrandWire = Type.Object({ name: MenuName, ...brandFields })
export const BrandChangesWire = Type.Object({ name: Optional(MenuName), ...brandFields })

export const toBrandTraits = (body: Static<typeof BrandChangesWire>) =>
  sent({
    name: body.name?.trim(),
    description: body.description,
    logo: body.logo,
    website: body.website,
    isActive: body.is_active,
  })
