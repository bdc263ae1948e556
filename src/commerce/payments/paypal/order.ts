/** An order of PayPal, as its API shows it: what it is paid with, and what went back of it. */
import type { Conclusion } from '../gateway.ts'
import { textAt } from '../signed-events.ts'
import type { Answer } from './api.ts'

/** The captures and refunds of an order; ours have one unit. */
function paymentsOf(order: Answer, kind: 'captures' | 'refunds'): Answer[] {
  const [unit] = Array.isArray(order.purchase_units) ? (order.purchase_units as Answer[]) : []
  const found = (unit?.payments as Answer | undefined)?.[kind]
  return Array.isArray(found) ? found.filter((each) => typeof each === 'object' && each !== null) : []
}

const PAID = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED']
const REFUSED = ['DECLINED', 'FAILED']

/** What became of the money, where PayPal was asked to take it; undefined before. */
export function captureOf(order: Answer): Conclusion | undefined {
  const captures = paymentsOf(order, 'captures')
  const statusOf = (capture: Answer) => textAt(capture, 'status')
  const paid = captures.find((capture) => PAID.includes(statusOf(capture)))
  if (paid) return { outcome: 'succeeded', captureReference: textAt(paid, 'id') }
  if (captures.length === 0) return undefined
  return { outcome: captures.every((capture) => REFUSED.includes(statusOf(capture))) ? 'failed' : 'waiting' }
}

/** The refund that we called so. */
export const refundOf = (order: Answer, refundId: string): Answer | undefined =>
  paymentsOf(order, 'refunds').find((refund) => textAt(refund, 'invoice_id') === refundId)

/** The id that a link of this kind ends with: a refund names its capture so. */
export function linkedId(resource: unknown, rel: string): string {
  const links = (resource as Answer | undefined)?.links
  const link = Array.isArray(links) ? links.find((each) => textAt(each, 'rel') === rel) : undefined
  return textAt(link, 'href').split('/').at(-1) ?? ''
}

/** Where the buyer agrees; older orders call it otherwise. */
export function approvalUrlOf(order: Answer): string | null {
  const links = Array.isArray(order.links) ? order.links : []
  const link = links.find((each) => ['payer-action', 'approve'].includes(textAt(each, 'rel')))
  const url = (link as Answer | undefined)?.href
  return typeof url === 'string' && URL.canParse(url) ? url : null
}
