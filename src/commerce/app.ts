/** What a use case may reach: built once in composition.ts; tests put fakes in place of the outside world. */
import type { Trail } from '#commerce/analytics'
import type { SearchEngine } from '#commerce/browse'
import type { Gateways } from '#commerce/payments'
import type { Carriers } from '#commerce/shipping'
import type { ChangeFeed } from '#platform/changes'
import type { Db } from '#platform/database'
import type { ErrorReports } from '#platform/errors'
import type { FileStore } from '#platform/files'
import type { Jobs } from '#platform/jobs'
import type { Locator } from '#platform/location'
import type { Log } from '#platform/log'
import type { Mailer } from '#platform/mail'
import type { Metrics } from '#platform/metrics'
import type { OpenIdClient } from '#platform/openid'
import type { Texter } from '#platform/sms'
import type { Config } from '../config.ts'

export type App = {
  db: Db
  jobs: Jobs
  files: FileStore
  mailer: Mailer
  texter: Texter
  locator: Locator
  gateways: Gateways
  carriers: Carriers
  /** Undefined where sign-in with Google is not offered. */
  google: OpenIdClient | undefined
  /** What changes in this shop, on whichever node: for those who keep copies. */
  changes: ChangeFeed
  /** Who finds products: the database, or a service of its own. */
  searchEngine: SearchEngine
  /** What is asked of the shop and done in it, noted in passing. */
  trail: Trail
  log: Log
  /** What this process counts and times (V1-446). */
  metrics: Metrics
  /** Who is told of what should not have happened (MP-204): `errors.report(error)`. */
  errors: ErrorReports
  /** The time, everywhere: a test moves it. */
  now: () => Date
  config: Config
}
