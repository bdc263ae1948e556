import { randomUUID } from 'node:crypto'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { learnAll } from './learn.ts'
import {
  addInteractions,
  closeTrial,
  copyInteractions,
  type Found,
  findHeld,
  listAsked,
  measureTrial,
  openTrial,
  splitTrial,
  type TrialInteraction,
  type TrialSize,
} from './trial.queries.ts'

export type Quality = { hitRate: number; ndcg: number }
export type Evaluation = {
  size: TrialSize
  /** Of how many people the last product was looked for. */
  asked: number
  popular: Quality
  itemToItem: Quality
}

const LOOKS_BACK_MS = 365 * 24 * 3_600_000
/** More make the figure no better. */
const ASKED_MAX = 50_000
const ASKED_AT_ONCE = 500

/**
 * How good the recommendations are, as a number: from each who knows two products or more the last one is taken away, everything is
 * learned from the rest by the shop's own statements, and then the first `k` recommended are looked through for it. Against them
 * stand the most popular ones that somebody does not know yet. Without `given` the shop's own interactions of a year are used.
 * Works in a schema of its own, which is gone afterwards. `onStep` hears what is being done.
 */
export async function evaluateRecommendations(
  app: App,
  given: AsyncIterable<TrialInteraction[]> | undefined,
  k: number,
  onStep: (step: string, share: number) => void = () => {},
): Promise<Evaluation> {
  const { db } = app
  const home = `recommendations_trial_${randomUUID().slice(0, 8)}`
  await inTransaction(db, (tx) => openTrial(tx, home))
  try {
    onStep('reading', 0)
    if (given) for await (const batch of given) await addInteractions(db, home, batch)
    else await inTransaction(db, (tx) => copyInteractions(tx, home, new Date(app.now().getTime() - LOOKS_BACK_MS)))
    const size = await inTransaction(db, (tx) => measureTrial(tx, home))
    onStep('learning', 0)
    await inTransaction(db, (tx) => splitTrial(tx, home))
    await learnAll(db, home, app.now(), (share) => onStep('learning', share))
    const asked = await listAsked(db, home, ASKED_MAX)
    const sums: Found = { people: 0, popularHits: 0, popularGain: 0, likelyHits: 0, likelyGain: 0 }
    for (let at = 0; at < asked.length; at += ASKED_AT_ONCE) {
      const people = asked.slice(at, at + ASKED_AT_ONCE)
      const found = await inTransaction(db, (tx) => findHeld(tx, home, people, k))
      for (const key of Object.keys(sums) as (keyof Found)[]) sums[key] += found[key]
      onStep('looking', (at + people.length) / asked.length)
    }
    const of = (hits: number, gain: number): Quality => ({
      hitRate: hits / Math.max(1, sums.people),
      ndcg: gain / Math.max(1, sums.people),
    })
    return {
      ...{ size, asked: sums.people },
      popular: of(sums.popularHits, sums.popularGain),
      itemToItem: of(sums.likelyHits, sums.likelyGain),
    }
  } finally {
    await closeTrial(db, home)
  }
}
