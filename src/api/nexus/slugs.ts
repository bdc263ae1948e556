/** Products and categories are called by their slugs here: digits are a slug, too. */
import { Type } from 'typebox'
import type { Handle } from '#commerce/browse'

export const SlugInPath = Type.Object({ slug: Type.String({ maxLength: 300 }) })
export const handleOf = (slug: string): Handle => ({ id: null, slug })
