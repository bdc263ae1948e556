import { type Static, Type } from 'typebox'
import { Ok } from '../http/envelope.ts'

const Count = Type.Integer({ minimum: 0 })
const Ms = Type.Number({ minimum: 0, description: 'milliseconds' })
const Unsent = Type.Object({ waiting: Count, dead: Count })

export const SystemWire = Type.Object(
  {
    cpu_percent: Type.Number({ minimum: 0, description: 'of one processor, since this was last asked' }),
    memory: Type.Object({
      resident_bytes: Count,
      heap_used_bytes: Count,
      heap_total_bytes: Count,
      system_free_bytes: Count,
      system_total_bytes: Count,
    }),
    uptime: Type.Integer({ description: 'seconds since this process began' }),
    requests: Type.Object({ total: Count, failed: Count, per_second: Type.Number() }),
    latency: Type.Object({ p50: Ms, p95: Ms, p99: Ms }, { description: 'of the last five to ten minutes' }),
    database: Type.Object({
      connected: Type.Boolean(),
      connections: Count,
      connections_in_use: Count,
      connections_max: Count,
      callers_waiting: Count,
      statements: Count,
      statements_failed: Count,
      statement_average: Ms,
    }),
    queue: Type.Object({
      waiting: Count,
      oldest_wait_seconds: Type.Number({ minimum: 0 }),
      dead: Count,
      by_queue: Type.Array(Type.Object({ queue: Type.String(), waiting: Count })),
      letters: Unsent,
      texts: Unsent,
    }),
  },
  { title: 'SystemHealth' },
)
export const SystemAnswerWire = Ok(SystemWire)
export type SystemHealth = Static<typeof SystemWire>
