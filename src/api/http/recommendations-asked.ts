/** What is asked of a list of recommendations: how many, and by which algorithm (MP-150). */
import { Type } from 'typebox'
import { ALGORITHMS } from '#commerce/recommendations'
import { type FieldProblem, invalidFields } from '#platform/refusal.ts'

const LIMIT_DEFAULT = 10
const LIMIT_MAX = 50

export const LimitQuery = { limit: Type.Optional(Type.String({ description: 'default: 10, at most 50' })) }
export const AlgorithmQuery = {
  algorithm: Type.Optional(Type.String({ description: `${ALGORITHMS.join(', ')}; hybrid unless said` })),
}

/** Refuses a number below one and an algorithm that there is not (`invalid`); more than fifty are fifty. */
export function readAsked(query: { limit?: string; algorithm?: string }) {
  const faults: Record<string, FieldProblem> = {}
  const limit = readLimit(query.limit?.trim() || String(LIMIT_DEFAULT), faults)
  const wanted = query.algorithm || 'hybrid'
  const algorithm = ALGORITHMS.find((each) => each === wanted)
  if (!algorithm) faults.algorithm = { code: 'not_choice', value: wanted }
  if (!algorithm || Object.keys(faults).length > 0) throw invalidFields(faults)
  return { limit, algorithm }
}

function readLimit(text: string, faults: Record<string, FieldProblem>): number {
  if (!/^[+-]?\d{1,15}$/.test(text)) faults.limit = 'not_integer'
  else if (Number(text) < 1) faults.limit = { code: 'minimum', limit: 1 }
  return Math.min(Number(text), LIMIT_MAX)
}
