import { openDatabase } from '#platform/database'
import { openLog } from '#platform/log'
import { importProducts, readProductSheet } from '#commerce/assortment'
import { connectSubscriptions } from '#platform/events'
import { sql } from 'kysely'
const [, , name, count, label] = process.argv
const url = `postgres://postgres@127.0.0.1:5432/${name}`
const db = openDatabase({ url })
connectSubscriptions(db, [], {} as never)
const app = { db, log: openLog('warn'), now: () => new Date(), config: { CURRENCY: 'USD' } } as never
const words = ['Plain','Carved','Woven','Glazed','Forged','Painted','Quilted','oak','copper','linen','clay','leather','brass','wool','glass']
function* rows() {
  yield 'name,description,category_id,inventory,price_weights\n'
  for (let i = 0; i < Number(count); i += 1)
    yield `${words[i % 7]} ${words[7 + i % 8]} thing ${label}${i},"${'Made by hand in a small workshop, one at a time, to be used every day for years. '.repeat(1 + i % 5)}",category-${49 + i % 200},${i % 90},${100 + i % 900}.50-100gms,${1000 + i % 900}-250gms\n`
}
import { Readable } from 'node:stream'
async function* bytes() { let t = ''; for (const r of rows()) { t += r; if (t.length > 60000) { yield Buffer.from(t); t = '' } } yield Buffer.from(t) }
let worst = 0, last = performance.now()
setInterval(() => { const n = performance.now(); worst = Math.max(worst, n - last - 10); last = n }, 10).unref()
const began = performance.now()
let read = 0, peak = 0
setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 50).unref()
const before = process.memoryUsage().rss
const cpu = process.cpuUsage()
const result = await importProducts(app, readProductSheet(bytes()), { isDryRun: false, startedBy: null }, () => { read = performance.now() - began })
const took = performance.now() - began
const used = process.cpuUsage(cpu)
import { readFileSync } from 'node:fs'
const { rows: backends } = await sql<{pid:number}>`select pid from pg_stat_activity where datname = current_database() and application_name = 'souk'`.execute(db)
let pgCpu = 0
for (const { pid } of backends) { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); pgCpu += (Number(f[11]) + Number(f[12])) / 100 }
console.log(JSON.stringify({ pgCpuS: pgCpu, cpuPerRowUs: Math.round((pgCpu * 1e6) / Number(count)), status: result.status, errors: result.errors, first: result.firstErrors[0], seconds: took / 1000, readSeconds: read / 1000, perSecond: Math.round(Number(count) / took * 1000), nodeCpuS: (used.user + used.system) / 1e6, rssBefore: before / 1e6 | 0, rssPeak: peak / 1e6 | 0, worstLoopMs: worst | 0 }))
if (process.env.STAT) {
  const { rows } = await sql<Record<string, unknown>>`select left(regexp_replace(query, '\\s+', ' ', 'g'), 90) q, calls, round(total_exec_time::numeric) ms from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database()) order by total_exec_time desc limit 22`.execute(db)
  for (const r of rows) console.log(r.ms, r.calls, r.q)
}
await db.destroy()
