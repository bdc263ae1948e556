/**
 * Connections, transactions, migrations. Promise: inside a transaction there is no second connection,
 * no second transaction and no call to the outside world.
 */

export {
  type ActorKind,
  assertNoTransaction,
  type Cause,
  causedBy,
  countingStatements,
  currentCause,
  outsideOfAnyScope,
  type StatementCounter,
} from '../scope.ts'
export { type Db, openDatabase, poolUse, type StatementListener, type Tx } from './connection.ts'
export { findMissingMigrations, migrate, readMigrations } from './migrate.ts'
export { keepByMonth, type TableOfMonths } from './months.ts'
export { ping } from './ping.ts'
export { readServerFacts } from './server-facts.ts'
export { afterCommit, databaseOf, inTransaction } from './transaction.ts'
export { violatedConstraint } from './violated-constraint.ts'
