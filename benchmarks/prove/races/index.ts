/** All races, in the order in which they are run. */
import type { Race } from '../race.ts'
import { articleAddedWhilePaying } from './article-added-while-paying.ts'
import { cancelAgainstPay } from './cancel-against-pay.ts'
import { lastUnits } from './last-units.ts'
import { repeatedKeys } from './repeated-keys.ts'
import { singleUseCoupon } from './single-use-coupon.ts'
import { twoRefunds } from './two-refunds.ts'
import { twoTabs } from './two-tabs.ts'
import { webhookAgainstAnswer } from './webhook-against-answer.ts'
import { webhookStorm } from './webhook-storm.ts'

/** Each judges only what it has seen itself: then their outcomes need not be told apart. */
const sealed = <Outcome>({ name, proves, run, judge }: Race<Outcome>) => ({
  name,
  proves,
  complaints: async (stage: Parameters<typeof run>[0]) => judge(await run(stage)),
})
export type SealedRace = ReturnType<typeof sealed>

export const races: SealedRace[] = [
  sealed(lastUnits),
  sealed(singleUseCoupon),
  sealed(twoTabs),
  sealed(articleAddedWhilePaying),
  sealed(webhookStorm),
  sealed(webhookAgainstAnswer),
  sealed(cancelAgainstPay),
  sealed(twoRefunds),
  sealed(repeatedKeys),
]
