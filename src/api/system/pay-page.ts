/**
 * Where buyers pay: at the gateway that comes with the shop, which asks for no card, or on from here to Razorpay's own page. No
 * script runs. What the buyer chooses goes the way of every gateway's word. Who has the address has the payment: it names it by
 * a random id.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { concludePayment, receiveShopPayment } from '#commerce/checkout'
import { awaitsMoney, getPayment, type Payment, readPaymentNumber, toPaymentNumber } from '#commerce/payments'
import { formatMoney, toDecimal } from '#platform/money.ts'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Server } from '../http/server.ts'
import { escapeHtml, missingDocument, payDocument } from './pay-document.ts'
import { razorpayForm } from './razorpay-form.ts'

const PaymentInPath = Type.Object({ payment: Type.String({ maxLength: 60 }) })
const PAGE = '/pay/:payment/'
const ANYBODY = { accountId: null }

export async function payPage(surface: Server, app: App): Promise<void> {
  await surface.register(async (scope: FastifyInstance) => {
    const server = scope as Server
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) => body)
    const schema = { hide: true, params: PaymentInPath }
    server.get(
      PAGE,
      { schema, config: { access: 'public', sqlBudget: 1, unthrottled: true } },
      async (request, reply) => {
        const payment = await findPayment(app, request.params.payment)
        return payment ? showPage(app, reply, payment) : showMissing(app, reply)
      },
    )
    server.post(
      PAGE,
      { schema, config: { access: 'public', sqlBudget: 23, unthrottled: true } },
      async (request, reply) => {
        const payment = await findPayment(app, request.params.payment)
        if (!payment) return showMissing(app, reply)
        if (awaitsMoney(payment.status)) await takeWord(app, payment, new URLSearchParams(String(request.body ?? '')))
        const { status } = await getPayment(app.db, payment.id, ANYBODY)
        return reply.redirect(returnTo(app, payment, status), 303)
      },
    )
  })
}

/** Payments of other gateways have pages elsewhere. Where money is real, nobody pays with the press of a button. */
async function findPayment(app: App, number: string): Promise<Payment | undefined> {
  const id = readPaymentNumber(number)
  const payment = id && (await getPayment(app.db, id, ANYBODY).catch(undefinedWhereMissing))
  return payment && isPaidHere(app, payment) ? payment : undefined
}

function undefinedWhereMissing(error: unknown): undefined {
  if (error instanceof Refusal && error.kind === 'missing') return undefined
  throw error
}

function isPaidHere({ gateways }: App, { provider, providerReference }: Payment): boolean {
  if (provider === 'razorpay') return gateways.razorpay.mode === 'live' && providerReference !== null
  return provider === 'builtin' && gateways.builtin.mode === 'simulated'
}

/** Of a buyer who comes back from Razorpay nothing is believed: it is asked itself. If it is silent, its webhook tells, or the sweeper. */
async function takeWord(app: App, payment: Payment, form: URLSearchParams): Promise<void> {
  if (payment.provider === 'razorpay') {
    await concludePayment(app, payment).catch((error) =>
      app.log.warn({ err: error, payment: payment.id }, 'Razorpay did not tell of a payment'),
    )
    return
  }
  const verdict = form.get('verdict')
  if (verdict !== 'pay' && verdict !== 'decline') return
  await receiveShopPayment(app, {
    paymentId: payment.id,
    order: { number: payment.orderNumber },
    outcome: verdict === 'pay' ? 'succeeded' : 'failed',
    amount: toDecimal(payment.amountMinor, payment.currency),
  })
}

/** The shop front learns the rest by asking; what stands here is for its eyes alone. */
function returnTo({ config }: App, { id, orderNumber, returnUrl }: Payment, status: Payment['status']): string {
  const back = new URL(returnUrl ?? config.FRONTEND_URL)
  back.searchParams.set('order', orderNumber)
  back.searchParams.set('payment', toPaymentNumber(id))
  back.searchParams.set('status', status === 'succeeded' ? 'completed' : awaitsMoney(status) ? 'pending' : 'failed')
  return back.href
}

function showPage(app: App, reply: FastifyReply, payment: Payment) {
  const back = new URL(returnTo(app, payment, payment.status))
  const [form, target] =
    payment.provider === 'razorpay' ? razorpayForm(app.config, payment) : [shopForm(payment), back.origin]
  return sendPage(reply, payDocument(payment, form, back.href), `'self' ${target}`)
}

const showMissing = ({ config }: App, reply: FastifyReply) =>
  sendPage(reply.code(404), missingDocument(config.FRONTEND_URL), "'none'")

function sendPage(reply: FastifyReply, page: string, formsGoTo: string) {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action ${formsGoTo}; base-uri 'none'; frame-ancestors 'none'`
  return reply
    .header('Content-Security-Policy', policy)
    .header('Cache-Control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page)
}

const shopForm = ({ amountMinor, currency }: Payment) => `<form method="post">
<button name="verdict" value="pay">Pay ${escapeHtml(formatMoney(amountMinor, currency))}</button>
<button name="verdict" value="decline" class="other">Decline</button>
</form>
<p>This is the shop's own gateway: no money moves. It stands in for a provider until one is set up.</p>`
