// serve real or bare
import http from 'node:http'
import pg from 'pg'
import { openDatabase, countingStatements } from '#platform/database'
import { openJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import { readConfig } from '../src/config.ts'
import { buildServer } from '../src/api/index.ts'
import { selectProducts } from '../src/commerce/browse/selection.queries.ts'
import { findSelected } from '../src/commerce/browse/products.queries.ts'
const url = 'postgres://postgres@127.0.0.1:5432/souk_bench_catalog'
const [mode, port] = process.argv.slice(2)
if (mode === 'real') {
  const config = readConfig({ NODE_ENV: 'production', SECRET_KEY: 'k'.repeat(40), DATABASE_URL: url, PUBLIC_URL: 'http://127.0.0.1', LOG_LEVEL: 'error', DATA_DIRECTORY: '/tmp/bench/var', PAYMENT_WEBHOOK_SECRET: 'x', THROTTLE_ANON: 'off', THROTTLE_USER: 'off' })
  const log = openLog('error'); const db = openDatabase({ url })
  const jobs = {} as any
  const app: any = { db, jobs, mailer: {}, gateways: {}, log, now: () => new Date(), config }
  const server = await buildServer(app)
  await server.listen({ port: Number(port), host: '127.0.0.1' })
} else {
  const db = openDatabase({ url })
  const counter = { statements: 0, texts: [] as string[] }
  await countingStatements(counter, () => findSelected(db, selectProducts({}, { by: 'created_at', descending: true }, { limit: 20, offset: 0 })))
  const text = counter.texts[0]!
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  http.createServer(async (_q, r) => { const { rows } = await pool.query({ name: 'x', text, values: [] }); r.setHeader('content-type', 'application/json'); r.end(JSON.stringify(rows)) }).listen(Number(port))
}
process.on('SIGUSR2', () => { const c = process.cpuUsage(); console.log('CPU', c.user + c.system) })
