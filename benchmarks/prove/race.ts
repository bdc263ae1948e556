/** What a race is: buyers, staff and gateways who want the same thing at the same moment. */
import type { Stage } from './stage.ts'

/** `Outcome` is what can be seen afterwards, as plain data: a judge can be shown another one. */
export type Race<Outcome> = {
  name: string
  /** In a sentence, for who owns a shop. */
  proves: string
  run: (stage: Stage) => Promise<Outcome>
  /** What is wrong with it, a sentence each; nothing where all is well. */
  judge: (outcome: Outcome) => string[]
}

/** What was answered to everybody, by status. */
export type Answers = Record<number, number>

export const countBy = (statuses: number[]): Answers =>
  Object.fromEntries([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]))

/** Answers that nobody should ever get: faults of ours, and silence. */
export const faultsIn = (answers: Answers): string[] =>
  Object.entries(answers)
    .filter(([status]) => Number(status) >= 500 || Number(status) === 0)
    .map(([status, count]) => `${count} requests were answered with ${status}`)

/** A complaint where something is not what it should be. */
export const expect = (what: string, is: unknown, shouldBe: unknown): string[] =>
  JSON.stringify(is) === JSON.stringify(shouldBe)
    ? []
    : [`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(shouldBe)}`]
