import { type Static, Type } from 'typebox'
import type { Location, NewLocation } from '#commerce/inventory'
import { PageOf } from '../http/paging.ts'
import { Filled, sent } from '../http/wire.ts'

/** A new location, or all of one. What a PUT leaves out of the optional fields stays as it is. */
export const LocationInputWire = Type.Object({
  code: Filled({ maxLength: 50 }),
  name: Filled({ maxLength: 255 }),
  address: Type.Optional(Type.String({ maxLength: 1000 })),
  is_active: Type.Optional(Type.Boolean({ description: 'what is at a location that is not active is not sold' })),
  is_default: Type.Optional(Type.Boolean({ description: 'there is exactly one; a new one takes over' })),
})
export const LocationChangesWire = Type.Partial(LocationInputWire)

export const LocationWire = Type.Object(
  {
    id: Type.Integer(),
    code: Type.String(),
    name: Type.String(),
    address: Type.String(),
    is_active: Type.Boolean(),
    is_default: Type.Boolean(),
  },
  { title: 'StockLocation' },
)
export const LocationPageWire = PageOf(LocationWire)

export function toLocationWire(location: Location): Static<typeof LocationWire> {
  const { id, code, name, address, isActive, isDefault } = location
  return { id, code, name, address, is_active: isActive, is_default: isDefault }
}

/** What was sent, in the words of the commerce side. */
export function toLocationChanges(body: Static<typeof LocationChangesWire>): Partial<NewLocation> {
  return sent({
    code: body.code?.trim(),
    name: body.name?.trim(),
    address: body.address?.trim(),
    isActive: body.is_active,
    isDefault: body.is_default,
  })
}
