/**
 * Where buyers pay at the gateway that comes with the shop: no card is asked for, and no script runs. What the buyer chooses goes
 * the way of every gateway's word. Who has the address has the payment: it names it by a random id.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { receiveShopPayment } from '#commerce/checkout'
import { awaitsMoney, getPayment, type Payment, readPaymentNumber, toPaymentNumber } from '#commerce/payments'
import { formatMoney, toDecimal } from '#platform/money.ts'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Server } from '../http/server.ts'

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
      async (request, reply) => showPage(app, reply, await paymentOf(app, request.params.payment)),
    )
    server.post(
      PAGE,
      { schema, config: { access: 'public', sqlBudget: 23, unthrottled: true } },
      async (request, reply) => {
        const payment = await paymentOf(app, request.params.payment)
        const verdict = new URLSearchParams(String(request.body ?? '')).get('verdict')
        if (awaitsMoney(payment.status) && (verdict === 'pay' || verdict === 'decline'))
          await receiveShopPayment(app, {
            paymentId: payment.id,
            order: { number: payment.orderNumber },
            outcome: verdict === 'pay' ? 'succeeded' : 'failed',
            amount: toDecimal(payment.amountMinor, payment.currency),
          })
        const { status } = await getPayment(app.db, payment.id, ANYBODY)
        return reply.redirect(returnTo(app, payment, status), 303)
      },
    )
  })
}

/** Payments of other gateways have pages elsewhere. */
async function paymentOf(app: App, number: string): Promise<Payment> {
  const id = readPaymentNumber(number)
  const payment = id ? await getPayment(app.db, id, ANYBODY) : undefined
  if (payment?.provider !== 'builtin') throw missing('payment')
  return payment
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
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${back.origin}; base-uri 'none'; frame-ancestors 'none'`
  reply.header('Content-Security-Policy', policy).header('Cache-Control', 'no-store').type('text/html; charset=utf-8')
  return reply.send(pageOf(payment, back.href))
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function pageOf({ orderNumber, amountMinor, currency, status }: Payment, back: string): string {
  const amount = escapeHtml(formatMoney(amountMinor, currency))
  const choice = `<form method="post">
<button name="verdict" value="pay">Pay ${amount}</button>
<button name="verdict" value="decline" class="other">Decline</button>
</form>`
  const settled = `<p>This payment is ${status === 'succeeded' ? 'done' : 'closed'}.</p>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pay order ${escapeHtml(orderNumber)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff }
button { font: inherit; padding: .6rem 1rem; margin: .5rem .5rem 0 0; border: 1px solid #14532d; border-radius: .4rem; background: #14532d; color: #fff }
button.other { background: #fff; color: #14532d }
a { color: #14532d }
</style>
</head>
<body>
<main>
<h1>Order ${escapeHtml(orderNumber)}</h1>
<p>To be paid: <strong>${amount}</strong></p>
<p>This is the shop's own gateway: no money moves. It stands in for a provider until one is set up.</p>
${awaitsMoney(status) ? choice : settled}
<p><a href="${escapeHtml(back)}">Back to the shop</a></p>
</main>
</body>
</html>
`
}
