/** The load: a process of its own that sends requests as fast as they are answered, and counts. */
import autocannon from 'autocannon'

export type Load = {
  url: string
  connections: number
  seconds: number
  /** Not counted, and before that: connections are made, code and plans get warm. */
  leadInSeconds: number
  /** Taken in turn, each connection its own share of them. */
  requests: LoadRequest[]
  /** Each request once: the load ends when a connection has sent all of its own. */
  isOnce: boolean
}
export type LoadRequest = { method: 'GET' | 'POST'; path: string; token?: string; body?: object }
/** `answeredInAll` has those of the lead-in as well. */
export type Counted = { perSecond: number; answeredInAll: number; p50Ms: number; p99Ms: number }

/** How many of the requests that are sent once the lead-in may use up. */
const LEAD_IN_SHARE = 0.25

process.on('message', async (load: Load) =>
  process.send?.(await runBoth(load).catch((error: Error) => ({ failure: error.message }))),
)
process.once('disconnect', () => process.exit())

async function runBoth(load: Load): Promise<Counted> {
  const { requests, isOnce, leadInSeconds } = load
  const taken = isOnce ? Math.floor(requests.length * LEAD_IN_SHARE) : requests.length
  const leadIn = await run({ ...load, seconds: leadInSeconds, requests: requests.slice(0, taken) })
  const counted = await run(isOnce ? { ...load, requests: requests.slice(taken) } : load)
  return { ...counted, answeredInAll: leadIn.answeredInAll + counted.answeredInAll }
}

/** Throws unless every answer was a success: a refused request is fast, and measures nothing. */
async function run({ url, connections, seconds, requests, isOnce }: Omit<Load, 'leadInSeconds'>): Promise<Counted> {
  const prepared = requests.map(toRequest)
  const shares = Array.from({ length: connections }, (_, at) => share(prepared, at, connections, isOnce))
  let begun = 0
  let next = 0
  let stop = () => {}
  let refusal = ''
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections,
        duration: seconds,
        sampleInt: 100,
        ...(isOnce && { maxConnectionRequests: Math.floor(requests.length / connections) }),
        setupClient: (client) => {
          client.setRequests(shares[next++ % connections]!)
          // When the first one has nothing more to ask, fewer than all would ask: that is another measurement.
          client.once('done', () => stop())
          let isRefused = false
          client.on('headers', (head: unknown) => {
            isRefused = (head as { statusCode: number }).statusCode >= 300
          })
          client.on('body', (body) => {
            if (isRefused) refusal ||= body.toString().slice(0, 300)
          })
        },
      },
      (error, counted) => (error ? reject(error) : resolve(counted)),
    )
    stop = () => instance.stop()
    instance.once('start', () => {
      begun = Date.now()
    })
  })
  const { non2xx, errors, latency } = result
  if (non2xx + errors > 0) {
    throw new Error(`${non2xx} refusals and ${errors} broken connections of ${url}. The first said: ${refusal}`)
  }
  const answeredInAll = result['2xx']
  const perSecond = answeredInAll / ((result.finish.getTime() - begun) / 1000)
  return { perSecond, answeredInAll, p50Ms: latency.p50, p99Ms: latency.p99 }
}

function toRequest({ method, path, token, body }: LoadRequest): autocannon.Request {
  return {
    method,
    path,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }
}

/** Every n-th where each is sent once; else all of them, begun at another place. */
function share(requests: autocannon.Request[], at: number, of: number, isOnce: boolean): autocannon.Request[] {
  if (isOnce) return requests.filter((_, index) => index % of === at)
  const from = Math.floor((at * requests.length) / of)
  return [...requests.slice(from), ...requests.slice(0, from)].map((request) => ({ ...request }))
}
