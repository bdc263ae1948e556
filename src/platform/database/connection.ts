/** The pool. It knows no table: each module names its own in tables.ts and sees only those. */
import assert from 'node:assert/strict'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { assertNoTransaction, noteStatement } from '../scope.ts'
import { CamelCaseRows } from './camel-case-rows.ts'
import { causeSettings } from './cause-settings.ts'

/** Enough to read with: the pool, or a transaction. */
export type Db = Kysely<unknown>
/** What a write asks for. The pool will not do, and the compiler says so. */
export type Tx = Transaction<unknown>

/** Told of each statement that was answered, or failed: its text without values, and how long it took. */
export type StatementListener = (text: string, ms: number, isFailed: boolean) => void
export type DatabaseOptions = { url: string; poolSize?: number; onStatement?: StatementListener }

/** Opens a pool of connections; the first query connects. Close it with `db.destroy()`. */
export function openDatabase({ url, poolSize = 10, onStatement }: DatabaseOptions): Db {
  const pool = new GuardedPool({
    connectionString: url,
    max: poolSize,
    Client: PreparingClient,
    application_name: 'souk',
    connectionTimeoutMillis: 10_000,
    // A new connection signs in and plans each statement anew, 10 ms and more; a quiet shop should not pay for that.
    idleTimeoutMillis: 10 * 60_000,
    keepAlive: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    // Our statements are short: to compile a plan would cost more than it saves.
    options: '-c jit=off',
    onStatement,
  } as unknown as pg.PoolConfig)
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on('error', () => {})
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCaseRows({ maintainNestedObjectKeys: true })],
  })
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<Db, pg.Pool>()

/** How many connections there are and may be, how many of them work, and how many callers wait for one. */
export function poolUse(db: Db): { size: number; most: number; inUse: number; waiting: number } {
  const pool = pools.get(db)
  if (!pool) return { size: 0, most: 0, inUse: 0, waiting: 0 }
  const { totalCount, idleCount, waitingCount, options } = pool
  return { size: totalCount, most: options.max, inUse: totalCount - idleCount, waiting: waitingCount }
}

/** A second connection inside a transaction would read old rows and can starve the pool: refused. */
class GuardedPool extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: pg overloads connect() for callbacks and promises
  override connect(...args: any[]): any {
    assertNoTransaction()
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (super.connect as (...args: any[]) => unknown).apply(this, args)
  }
}

const statementNames = new Map<string, string>()
/** Beyond this many different texts something builds SQL from data; those are sent unprepared. */
const STATEMENT_NAMES_MAX = 500
/** And what its author marks with a leading comment, because its texts are too many to keep a plan for each. */
const NEVER_PREPARED = /^(\/\* once \*\/|begin|commit|rollback|start transaction|savepoint|release|set )/i

/** Sends statements by name, so that the server parses and plans each text once per connection. */
class PreparingClient extends pg.Client {
  readonly #listener: StatementListener | undefined

  constructor(options: pg.ClientConfig & { onStatement?: StatementListener }) {
    super(options)
    // A connection that breaks while it works fails its statement, and that is how its caller hears; unheard, the event would end the process.
    this.on('error', () => {})
    this.#listener = options.onStatement
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads query() for callbacks, promises and cursors
  override query(...args: any[]): any {
    const [text] = args
    if (typeof text !== 'string') return super.query(...(args as [string]))
    noteStatement(text)
    if (!this.#listener) return this.#send(text, args)
    const begun = performance.now()
    const answered = this.#send(text, args)
    if (answered instanceof Promise) {
      const tell = (isFailed: boolean) => this.#listener!(text, performance.now() - begun, isFailed)
      answered.then(
        () => tell(false),
        () => tell(true),
      )
    }
    return answered
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  #send(text: string, args: any[]): unknown {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const send = (...sent: any[]): unknown => (super.query as (...sent: any[]) => unknown)(...sent)
    // Together with the statement that begins: what the audit trail needs costs no way to the server.
    const settings = text === 'begin' ? causeSettings() : undefined
    if (settings) return send(`begin; ${settings}`)
    const [, values] = args
    if (!Array.isArray(values) || NEVER_PREPARED.test(text)) return send(...args)
    const name = nameOf(text)
    return name ? send({ name, text, values }, ...args.slice(2)) : send(...args)
  }
}

function nameOf(text: string): string | undefined {
  const known = statementNames.get(text)
  if (known || statementNames.size >= STATEMENT_NAMES_MAX) return known
  const name = `s${statementNames.size}`
  statementNames.set(text, name)
  return name
}

function toSafeInteger(text: string): number {
  const value = Number(text)
  assert(Number.isSafeInteger(value), `bigint out of range: ${text}`)
  return value
}
pg.types.setTypeParser(pg.types.builtins.INT8, toSafeInteger)
/** Arrays of them have a type of their own, which the list of the driver does not name. */
const INT8_ARRAY: number = 1016
pg.types.setTypeParser(INT8_ARRAY, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(toSafeInteger)))
/** The library's own reader takes ten times as long, and a page of rows has hundreds of moments. */
const readMoment = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  const moment = text.endsWith('+00') ? new Date(`${text.slice(0, -3).replace(' ', 'T')}Z`) : readMoment(text)
  return Number.isNaN(moment.valueOf()) ? readMoment(text) : moment
})
/** A day is a day, not midnight somewhere: dates stay "2026-11-20". */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
