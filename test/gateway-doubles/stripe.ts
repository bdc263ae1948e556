/** Stripe on this machine, as its documentation describes its HTTP: intents, refunds, idempotency keys, signed events. */
import { createHmac } from 'node:crypto'
import { type Answer, type Asked, type Double, nextNumber, openDouble, type Webhook } from './double.ts'

const SECRET_KEY = 'sk_test_of_the_double'
const WEBHOOK_SECRET = 'whsec_of_the_double'
export const STRIPE_SETTINGS = { STRIPE_SECRET_KEY: SECRET_KEY, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET }

type Intent = {
  id: string
  object: 'payment_intent'
  amount: number
  currency: string
  status: string
  client_secret: string
  metadata: Record<string, string>
}
type Refund = {
  id: string
  object: 'refund'
  payment_intent: string
  amount: number
  status: string
  metadata: Record<string, string>
}
export type StripeDouble = Double & {
  intents: Intent[]
  refunds: Refund[]
  /** What the next refund is: succeeded, pending, failed. */
  refundStatus: string
  /** The buyer has paid. */
  pay(intentId: string): void
  /** Keys are good for a day. */
  forgetKeys(): void
  event(type: string, object: object, over?: { id?: string; now?: Date }): Webhook
}

type State = Pick<StripeDouble, 'intents' | 'refunds' | 'refundStatus'> & {
  keys: Map<string, { text: string; answer: Answer }>
}

export async function openStripeDouble(): Promise<StripeDouble> {
  const state: State = { intents: [], refunds: [], refundStatus: 'succeeded', keys: new Map() }
  const double = await openDouble((asked) => work(state, asked))
  const own = {
    pay: (id: string) => {
      const intent = find(state, id)!
      if (intent.status !== 'requires_payment_method') throw new Error(`${id} cannot be paid: ${intent.status}`)
      intent.status = 'succeeded'
    },
    forgetKeys: () => state.keys.clear(),
    event: sign,
  }
  return Object.assign(state, double, own)
}

const fault = (status: number, code: string, message: string, type = 'invalid_request_error'): Answer => ({
  status,
  body: { error: { type, code, message } },
})
const find = ({ intents }: State, id: string) => intents.find((intent) => intent.id === id)

function work(state: State, asked: Asked): Answer {
  if (asked.headers.authorization !== `Bearer ${SECRET_KEY}`)
    return fault(401, 'api_key_invalid', 'Invalid API Key provided: sk_test_****')
  if (asked.method !== 'POST') return answer(state, asked)
  const key = String(asked.headers['idempotency-key'])
  const before = state.keys.get(key)
  const text = `${asked.path} ${asked.text}`
  if (before && before.text !== text)
    return fault(400, 'idempotency_key_in_use', 'Keys can only be used with the same parameters', 'idempotency_error')
  if (before) return before.answer
  const answered = answer(state, asked)
  // What does not pass the checks is not kept: the key may be used again.
  if ((answered.status ?? 200) < 400) state.keys.set(key, { text, answer: structuredClone(answered) })
  return answered
}

function answer(state: State, { method, path, query, text }: Asked): Answer {
  const form = new URLSearchParams(text)
  if (path === '/v1/payment_intents') return createIntent(state, form)
  if (path === '/v1/refunds' && method === 'POST') return createRefund(state, form)
  if (path === '/v1/refunds') {
    const data = state.refunds.filter((refund) => refund.payment_intent === query.get('payment_intent'))
    return { body: { object: 'list', data, has_more: false, url: path } }
  }
  const [, id = '', deed] = /^\/v1\/payment_intents\/(\w+)(\/cancel)?$/.exec(path) ?? []
  const intent = find(state, id)
  if (!intent) return fault(404, 'resource_missing', `No such payment_intent: '${id}'`)
  if (!deed) return { body: intent }
  if (['succeeded', 'canceled', 'processing'].includes(intent.status))
    return fault(400, 'payment_intent_unexpected_state', `You cannot cancel this intent: it is ${intent.status}`)
  intent.status = 'canceled'
  return { body: intent }
}

const metadataOf = (form: URLSearchParams) =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1]
      return key ? [[key, value]] : []
    }),
  )

function createIntent(state: State, form: URLSearchParams): Answer {
  const amount = Number(form.get('amount'))
  if (!(amount >= 50)) return fault(400, 'amount_too_small', 'Amount must be at least $0.50 usd')
  const id = `pi_${String(nextNumber()).padStart(24, '0')}`
  const intent: Intent = {
    id,
    object: 'payment_intent',
    amount,
    currency: form.get('currency') ?? '',
    status: 'requires_payment_method',
    client_secret: `${id}_secret_1`,
    metadata: metadataOf(form),
  }
  state.intents.push(intent)
  return { body: { ...intent } }
}

function createRefund(state: State, form: URLSearchParams): Answer {
  const intent = find(state, form.get('payment_intent') ?? '')
  if (intent?.status !== 'succeeded') return fault(400, 'charge_not_paid', 'There is no successful charge')
  const amount = Number(form.get('amount'))
  const before = state.refunds.filter(
    ({ payment_intent, status }) => payment_intent === intent.id && status !== 'failed',
  )
  const left = before.reduce((rest, refund) => rest - refund.amount, intent.amount)
  if (amount > left) return fault(400, 'charge_already_refunded', 'Refund amount is greater than unrefunded amount')
  const refund: Refund = {
    id: `re_${String(nextNumber()).padStart(24, '0')}`,
    object: 'refund',
    payment_intent: intent.id,
    amount,
    status: state.refundStatus,
    metadata: metadataOf(form),
  }
  state.refunds.push(refund)
  return { body: { ...refund } }
}

function sign(type: string, object: object, over: { id?: string; now?: Date } = {}): Webhook {
  const { id = `evt_${nextNumber()}`, now = new Date() } = over
  const body = JSON.stringify({ id, object: 'event', type, data: { object } })
  const time = Math.floor(now.getTime() / 1000)
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${time}.${body}`).digest('hex')
  return { body, headers: { 'stripe-signature': `t=${time},v1=${signature}` } }
}
