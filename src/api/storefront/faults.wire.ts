import { Type } from 'typebox'

/** How the storefront says no: `error`, with `details` by field, or `detail`; some routes add keys of their own. */
export const Fault = Type.Object(
  { error: Type.Optional(Type.String()), detail: Type.Optional(Type.String()), code: Type.Optional(Type.String()) },
  { title: 'StorefrontFault', additionalProperties: true },
)

export const MessageWire = Type.Object({ message: Type.String() }, { title: 'StorefrontMessage' })
