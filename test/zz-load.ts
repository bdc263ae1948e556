import http from 'node:http'
const [pid, port, path] = process.argv.slice(2)
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })
let n = 0, bytes = 0
const get = () => new Promise<void>((ok, no) => http.get({ agent, port, path, host: '127.0.0.1' }, (r) => { if (r.statusCode !== 200) no(new Error(String(r.statusCode))); r.on('data', (d) => { bytes += d.length }); r.on('end', () => { n++; ok() }) }).on('error', no))
import { readFileSync } from 'node:fs'
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 10_000 }
for (let i = 0; i < 300; i++) await get()
n = 0; bytes = 0
const c0 = cpu(), t = performance.now()
await Promise.all(Array.from({ length: 8 }, async () => { while (performance.now() - t < 5000) await get() }))
const s = (performance.now() - t) / 1000
console.log(path, `${(n / s).toFixed(0)} req/s, server CPU ${((cpu() - c0) / n).toFixed(0)} us/request => ${(1e6 / ((cpu() - c0) / n)).toFixed(0)} req/s per CPU, ${(bytes / n / 1024).toFixed(1)} KB`)
process.exit(0)
