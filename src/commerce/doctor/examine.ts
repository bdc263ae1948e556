import type { Db } from '#platform/database'
import { findFaults, invariants } from './queries.ts'

/** A broken invariant, with some of the places where it is. */
export type Diagnosis = { invariant: string; faults: string[] }

/** Checks every invariant. Returns those that are broken; nothing where the shop is sound. */
export async function examine(db: Db): Promise<{ checked: number; broken: Diagnosis[] }> {
  const broken: Diagnosis[] = []
  for (const invariant of invariants) {
    const faults = await findFaults(db, invariant)
    if (faults.length > 0) broken.push({ invariant: invariant.says, faults })
  }
  return { checked: invariants.length, broken }
}
