/** The page to pay on, as HTML. */
import { awaitsMoney, type Payment } from '#commerce/payments'
import { formatMoney } from '#platform/money.ts'

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** `form` is how it is paid, as HTML; it is shown while money is awaited. */
export function payDocument(
  { orderNumber, amountMinor, currency, status }: Payment,
  form: string,
  back: string,
): string {
  const amount = escapeHtml(formatMoney(amountMinor, currency))
  const settled = `<p>This payment is ${status === 'succeeded' ? 'done' : 'closed'}.</p>`
  return page(
    `Pay order ${escapeHtml(orderNumber)}`,
    `<h1>Order ${escapeHtml(orderNumber)}</h1>
<p>${awaitsMoney(status) ? 'To be paid' : 'Amount'}: <strong>${amount}</strong></p>
${awaitsMoney(status) ? form : settled}`,
    back,
  )
}

/** For an address that leads to no payment, or to one that is paid elsewhere. */
export const missingDocument = (back: string): string =>
  page('No such payment', '<h1>There is no such payment</h1>\n<p>Perhaps the address is not complete.</p>', back)

const page = (title: string, content: string, back: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff }
button { font: inherit; padding: .6rem 1rem; margin: .5rem .5rem 0 0; border: 1px solid #14532d; border-radius: .4rem; background: #14532d; color: #fff }
button.other { background: #fff; color: #14532d }
a { color: #14532d }
</style>
</head>
<body>
<main>
${content}
<p><a href="${escapeHtml(back)}">Back to the shop</a></p>
</main>
</body>
</html>
`
