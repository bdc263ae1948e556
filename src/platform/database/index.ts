/**
 * Connections, transactions, migrations. Promise: inside a transaction there is no second connection,
 * no second transaction and no call to the outside world.
 */
export { type Db, openDatabase, type Tx } from './connection.ts'
export { findMissingMigrations, migrate, readMigrations } from './migrate.ts'
export { ping } from './ping.ts'
export { assertNoTransaction, countingStatements, outsideOfAnyScope, type StatementCounter } from './scope.ts'
export { afterCommit, databaseOf, inTransaction } from './transaction.ts'
export { violatedConstraint } from './violated-constraint.ts'
