import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openMetrics } from './index.ts'
import { openRecentLatency } from './recent-latency.ts'

const linesOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name))

test('V1-446 requests are told apart by surface, route, method and status, in cumulative buckets of seconds', async () => {
  const metrics = openMetrics()
  const meter = metrics.requests.meterOf({ surface: 'v1', route: '/api/v1/products/:id/' })
  for (const ms of [0.2, 3, 3, 40, 20_000]) meter('GET', 200, ms)
  meter('GET', 404, 1)
  const { text, contentType } = await metrics.write()
  assert.match(contentType, /^text\/plain; version=0\.0\.4/)
  const name = 'souk_http_request_duration_seconds'
  const labels = 'surface="v1",route="/api/v1/products/:id/",method="GET",status="200"'
  for (const [le, count] of [
    ['0.0005', 1],
    ['0.0025', 1],
    ['0.005', 3],
    ['0.05', 4],
    ['10', 4],
    ['+Inf', 5],
  ] as const)
    assert.ok(text.includes(`${name}_bucket{${labels},le="${le}"} ${count}\n`), `${le}: ${count}`)
  assert.equal(Number(linesOf(text, `${name}_sum{${labels}}`)[0]?.split(' ').at(-1)).toFixed(4), '20.0462')
  assert.ok(text.includes(`${name}_count{${labels}} 5\n`))
  assert.equal(linesOf(text, `${name}_count`).length, 2)
  assert.equal(linesOf(text, `# TYPE ${name} histogram`).length, 1)
  assert.deepEqual(metrics.requests.totals(), { count: 6, failed: 0 })
})

test('V1-446 statements, events, own families and the process itself are told of', async () => {
  const metrics = openMetrics()
  metrics.noteStatement(2, false)
  metrics.noteStatement(4, true)
  metrics.countEvent('order.placed')
  metrics.countEvent('order.placed')
  metrics.add({
    name: 'souk_answers',
    help: 'Of the universe',
    type: 'gauge',
    read: async () => [{ labels: {}, value: 42 }],
  })
  const { text } = await metrics.write()
  assert.ok(text.includes('souk_sql_statement_duration_seconds_count{outcome="answered"} 1\n'))
  assert.ok(text.includes('souk_sql_statement_duration_seconds_sum{outcome="failed"} 0.004\n'))
  assert.ok(text.includes('souk_events_total{event="order.placed"} 2\n'))
  assert.ok(text.includes('souk_answers 42\n'))
  for (const name of ['nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total'])
    assert.equal(linesOf(text, `${name} `).length, 1, name)
  assert.ok((await metrics.write()).text.includes('souk_answers 42\n'), 'it can be read again')
})

test('MP-148 quantiles are those of the last minutes, within 5 %', () => {
  let nowMs = 0
  const latency = openRecentLatency(() => nowMs)
  assert.deepEqual(latency.read(), { p50: 0, p95: 0, p99: 0 })
  for (let ms = 1; ms <= 1000; ms += 1) latency.note(ms)
  const { p50, p95, p99 } = latency.read()
  for (const [read, right] of [
    [p50, 500],
    [p95, 950],
    [p99, 990],
  ] as const)
    assert.ok(Math.abs(read / right - 1) < 0.05, `${read} for ${right}`)
  nowMs += 6 * 60_000
  latency.note(1)
  assert.ok(latency.read().p99 > 900, 'the five minutes before count, too')
  nowMs += 6 * 60_000
  assert.ok(latency.read().p99 < 1.1)
  nowMs += 60 * 60_000
  assert.deepEqual(latency.read(), { p50: 0, p95: 0, p99: 0 })
})

test('the share of a processor is that of the time since it was last asked', async () => {
  const metrics = openMetrics()
  const first = metrics.cpuPercent()
  assert.ok(first >= 0 && first < 1000)
  assert.equal(metrics.cpuPercent(), first, 'not measured anew at once')
})
