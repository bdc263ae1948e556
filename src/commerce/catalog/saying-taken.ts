import { violatedConstraint } from '#platform/database'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'

/** What somebody else took between the look and the write is said as if it had been seen (SF-192). `taken`: by constraint. */
export async function sayingTaken<Result>(
  taken: Record<string, FieldCodes>,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const fields = taken[violatedConstraint(error) ?? '']
    throw fields ? invalidFields(fields) : error
  }
}
