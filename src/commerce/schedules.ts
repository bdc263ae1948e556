/** What runs when, in UTC. Each is safe to run twice and to miss: what one run leaves, the next one finds. */
import { closeDays, keepMonths, noteAbandonedCarts, purgeReports, refreshCustomerValues } from '#commerce/analytics'
import { purgeImports } from '#commerce/assortment'
import { noteAuditHead } from '#commerce/audit'
import { foldMarks, keepSearches, keepSearchInStep, sweepSearch } from '#commerce/browse'
import { dropStaleGuestCarts } from '#commerce/cart'
import { foldCounts } from '#commerce/catalog'
import {
  cancelUnpaidOrders,
  finishBookings,
  finishOpenRefunds,
  finishUnansweredPayments,
  followPayments,
  followShipments,
  workEarlyEvents,
} from '#commerce/checkout'
import { cleanUpSessions, purgeResendAttempts } from '#commerce/identity'
import { proposeReorders } from '#commerce/inventory'
import { notifyLowStock, remindOfCarts, tellWatchers } from '#commerce/notifications'
import { purgeEarlyEvents } from '#commerce/payments'
import { forgetBuyers } from '#commerce/privacy'
import { learnPopular, learnTastesInTime, purgeKept } from '#commerce/recommendations'
import { purgeDeliveries, retryDeliveries } from '#commerce/webhooks'
import { purgeAnswers } from '#platform/answers'
import { inTransaction, type Tx } from '#platform/database'
import { purgeEvents } from '#platform/events'
import type { Schedule } from '#platform/jobs'
import { purgeLimits } from '#platform/limits'
import { purgeLetters } from '#platform/mail'
import { purgeTexts } from '#platform/sms'
import type { App } from './app.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ANSWERS_KEPT_MS = DAY_MS
const LETTERS_KEPT_MS = 30 * 24 * HOUR_MS
const EVENTS_KEPT_MS = 90 * 24 * HOUR_MS

type Deed = (app: App) => Promise<unknown>

const EVERY_MINUTE = '* * * * *'
/** At odd minutes, so that they do not all begin at once. */
const table: Record<string, { cron: string; deed: Deed; only?: (app: App) => boolean }> = {
  'cancel-unpaid-orders': { cron: EVERY_MINUTE, deed: cancelUnpaidOrders },
  'finish-unanswered-payments': { cron: EVERY_MINUTE, deed: finishUnansweredPayments },
  'work-early-events': { cron: EVERY_MINUTE, deed: (app) => workEarlyEvents(app) },
  'follow-payments': { cron: EVERY_MINUTE, deed: followPayments },
  'finish-open-refunds': { cron: EVERY_MINUTE, deed: finishOpenRefunds },
  'finish-bookings': { cron: EVERY_MINUTE, deed: finishBookings },
  'follow-shipments': { cron: '*/10 * * * *', deed: followShipments },
  'fold-counts': { cron: EVERY_MINUTE, deed: foldCounts },
  'fold-marks': { cron: EVERY_MINUTE, deed: foldMarks },
  'notify-low-stock': { cron: EVERY_MINUTE, deed: notifyLowStock },
  'retry-webhooks': { cron: EVERY_MINUTE, deed: retryDeliveries },
  'tell-watchers': { cron: EVERY_MINUTE, deed: tellWatchers },
  'remind-of-carts': {
    cron: '3-59/10 * * * *',
    deed: remindOfCarts,
    only: (app) => app.config.CART_ABANDONMENT_MINUTES > 0,
  },
  'purge-limits': { cron: '7 * * * *', deed: step((tx, now) => purgeLimits(tx, now)) },
  'forget-buyers': { cron: '13 * * * *', deed: forgetBuyers },
  'purge-answers': { cron: '17 * * * *', deed: step((tx, now) => purgeAnswers(tx, before(now, ANSWERS_KEPT_MS))) },
  'purge-webhooks': { cron: '41 * * * *', deed: step((tx, now) => purgeDeliveries(tx, before(now, LETTERS_KEPT_MS))) },
  'purge-reports': { cron: '43 * * * *', deed: purgeReports },
  'purge-imports': { cron: '19 * * * *', deed: purgeImports },
  'drop-stale-guest-carts': { cron: '11 3 * * *', deed: dropStaleGuestCarts },
  'propose-reorders': { cron: '19 3 * * *', deed: proposeReorders },
  'note-abandoned-carts': { cron: EVERY_MINUTE, deed: noteAbandonedCarts },
  'close-days': { cron: '5-59/10 * * * *', deed: closeDays },
  'refresh-customer-values': { cron: '27 3 * * *', deed: refreshCustomerValues },
  'learn-tastes': { cron: '37 * * * *', deed: learnTastesInTime },
  'learn-popular': { cron: '8-59/10 * * * *', deed: learnPopular },
  'purge-picks': { cron: '51 3 * * *', deed: step((tx, now) => purgeKept(tx, before(now, DAY_MS))) },
  'keep-months': { cron: '53 * * * *', deed: keepMonths },
  'keep-searches': { cron: '52 * * * *', deed: keepSearches },
  'clean-up-sessions': {
    cron: '23 3 * * *',
    deed: (app) => cleanUpSessions(app),
    only: (app) => app.config.AUTO_CLEANUP_SESSIONS,
  },
  'keep-search-in-step': { cron: EVERY_MINUTE, deed: keepSearchInStep, only: (app) => app.config.SEARCH_URL !== '' },
  'sweep-search': { cron: '29 3 * * *', deed: sweepSearch },
  'purge-resend-attempts': {
    cron: '49 3 * * *',
    deed: (app) =>
      inTransaction(app.db, (tx) =>
        purgeResendAttempts(tx, before(app.now(), app.config.RATE_LIMIT_RETENTION_DAYS * DAY_MS)),
      ),
    only: (app) => app.config.RATE_LIMIT_RETENTION_DAYS > 0,
  },
  'purge-events': { cron: '31 3 * * *', deed: step((tx, now) => purgeEvents(tx, before(now, EVENTS_KEPT_MS))) },
  'purge-early-events': {
    cron: '37 3 * * *',
    deed: step((tx, now) => purgeEarlyEvents(tx, before(now, LETTERS_KEPT_MS))),
  },
  'note-audit-head': { cron: '7 * * * *', deed: noteAuditHead },
  'purge-letters': { cron: '41 3 * * *', deed: step((tx, now) => purgeLetters(tx, before(now, LETTERS_KEPT_MS))) },
  'purge-texts': { cron: '43 3 * * *', deed: step((tx, now) => purgeTexts(tx, before(now, LETTERS_KEPT_MS))) },
}

/** The schedules of this shop, for the worker. */
export function schedules(app: App): Schedule[] {
  return Object.entries(table)
    .filter(([, { only }]) => only?.(app) ?? true)
    .map(([name, { cron, deed }]) => ({ name, cron, work: async () => void (await deed(app)) }))
}

function step(work: (tx: Tx, now: Date) => Promise<void>): Deed {
  return (app) => inTransaction(app.db, (tx) => work(tx, app.now()))
}

const before = (now: Date, ms: number) => new Date(now.getTime() - ms)
