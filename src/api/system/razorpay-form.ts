import { type Payment, toPaymentNumber } from '#commerce/payments'
import { formatMoney } from '#platform/money.ts'
import type { Config } from '../../config.ts'
import { escapeHtml } from './pay-document.ts'

/** The way to Razorpay's own page, which sends the buyer back to ours: a form, and where it leads. */
export function razorpayForm(config: Config, payment: Payment): [form: string, target: string] {
  const { id, orderNumber, providerReference, amountMinor, currency } = payment
  const page = `${config.PUBLIC_URL}/pay/${toPaymentNumber(id)}/`
  const fields = {
    key_id: config.RAZORPAY_KEY_ID ?? '',
    order_id: providerReference ?? '',
    amount: String(amountMinor),
    currency,
    name: new URL(config.FRONTEND_URL).hostname,
    description: `Order ${orderNumber}`,
    'notes[payment_id]': id,
    callback_url: page,
    cancel_url: page,
  }
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  )
  const { origin } = new URL(config.RAZORPAY_API_URL)
  const amount = escapeHtml(formatMoney(amountMinor, currency))
  const form = `<form method="post" action="${origin}/v1/checkout/embedded">
${inputs.join('\n')}
<button>Pay ${amount}</button>
</form>`
  return [form, origin]
}
