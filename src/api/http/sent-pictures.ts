/** A picture for a product, as the surfaces take it: as a file in a form, or by its address in a form or in JSON (V1-204). */
import type { FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { addPicture, type ManagedProduct, type NewPicture, type Picture } from '#commerce/catalog'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { renameFields } from './envelope-refusals.ts'
import { type Form, readForm } from './uploads.ts'
import { sent } from './wire.ts'

/** The part of a form that is the picture. */
export const IMAGE = 'image'

type AddressField = 'url' | 'image_url'
type Fields = { [field in AddressField]?: string } & { alt_text?: string; description?: string; is_primary?: boolean }

/**
 * Adds what a request brings to the pictures of a product that the caller may change. `addressField` is how the surface calls
 * the address; what is wrong with it is said of that. Refuses as `readForm` and `addPicture` do.
 */
export async function addSentPicture<Schema extends TSchema>(
  app: App,
  request: FastifyRequest,
  product: ManagedProduct,
  schema: Schema & (Static<Schema> extends Fields ? unknown : never),
  addressField: AddressField,
): Promise<Picture> {
  const form = (await readForm(request, schema, { part: IMAGE })) as Form<Fields>
  try {
    return await addPicture(app, product, toNewPicture(form, addressField))
  } catch (error) {
    throw renameFields(error, { url: addressField })
  }
}

/** A file or an address: one of the two. */
function toNewPicture({ fields, file }: Form<Fields>, addressField: AddressField): NewPicture {
  const { [addressField]: url, alt_text, description, is_primary: isPrimary } = fields
  const wishes = sent({ altText: alt_text ?? description, isPrimary })
  if (file && url !== undefined) throw invalidFields({ [addressField]: 'image_and_url' })
  if (file) return { bytes: file, ...wishes }
  if (url !== undefined) return { url, ...wishes }
  // Text where the file should be is no picture.
  throw invalidFields({ [IMAGE]: IMAGE in fields ? 'not_an_image' : 'required' })
}
