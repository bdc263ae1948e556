/** What the routes of the catalogue say no with, where their document has words of their own for it. */
import type { RefusalDetails } from '#platform/refusal.ts'
import { fieldDetails, type Sayings, saysError } from './refusals.ts'

const NOT_ALLOWED = 'You do not have permission to perform this action.'
const WRONG_CATEGORY = 'Invalid category ID or insufficient permissions'

/** Of a category the fields at fault stand at the top as well (C-40). */
const saysCategoryFields = ({ fields }: RefusalDetails) => {
  const details = fieldDetails(fields)
  return { body: { ...details, error: 'Invalid category data', details } }
}

/** SF-175…SF-177, SF-183, SF-188, SF-189. */
export const categorySays: Sayings = {
  invalid_fields: saysCategoryFields,
  missing: saysError(WRONG_CATEGORY),
  forbidden: () => ({ body: { detail: NOT_ALLOWED, error: WRONG_CATEGORY } }),
  category_in_use: saysError('The category still has products or categories below it.'),
}

/** SF-174. */
export const newCategorySays: Sayings = {
  invalid_fields: saysCategoryFields,
  forbidden: () => ({ body: { detail: NOT_ALLOWED, error: 'Permissions required' } }),
}
