/** Moments in requests: ISO 8601 with a time of day and an offset, or Z (SF-005). */
import type { FieldCodes } from '#platform/refusal.ts'

const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i

/** The moment; null where null was sent. What is none goes to `faults`. */
export function readMoment(
  field: string,
  told: string | null | undefined,
  faults: FieldCodes,
): Date | null | undefined {
  if (told === undefined || told === null || field in faults) return told as null | undefined
  const moment = new Date(ISO.test(told.trim()) ? told.trim() : Number.NaN)
  if (!Number.isNaN(moment.getTime())) return moment
  faults[field] = 'not_moment'
  return undefined
}
