/** Why an order, or a cart, costs what it costs, step by step, in sentences. */
import { type Static, Type } from 'typebox'
import type { PriceStep } from '#commerce/orders'
import { formatMoney, toDecimal } from '#platform/money.ts'
import { phraseFault } from './field-texts.ts'
import { Choice } from './wire.ts'

export const PriceExplanationWire = Type.Array(
  Type.Object({
    rule: Choice(['price', 'coupon', 'coupon_not_applied', 'tax', 'shipping']),
    amount: Type.String({ description: 'decimal amount, below zero where it is taken off' }),
    text: Type.String(),
  }),
)

/** The steps in the order in which they were reckoned. */
export function toPriceExplanation(steps: PriceStep[], currency: string): Static<typeof PriceExplanationWire> {
  const money = (amountMinor: number) => formatMoney(amountMinor, currency)
  return steps.map((step) => ({
    rule: step.rule,
    amount: toDecimal('amountMinor' in step ? step.amountMinor : 0, currency),
    text: textOf(step, money),
  }))
}

function textOf(step: PriceStep, money: (minor: number) => string): string {
  switch (step.rule) {
    case 'price': {
      const was = step.listMinor === null ? '' : `, reduced from ${money(step.listMinor)}`
      return `${step.quantity} × ${step.name} at ${money(step.unitMinor)}${was}`
    }
    case 'coupon':
      return `Coupon ${step.code} on goods of ${money(step.baseMinor)}`
    case 'coupon_not_applied':
      return `Coupon ${step.code} was not applied. ${phraseFault(step.reason)}`
    case 'tax':
      return `Tax of ${Number(step.percent)} % on ${money(step.baseMinor)}${step.included ? ', contained in the prices' : ''}`
    case 'shipping':
      return `${step.method}${step.freeBy ? `, free because of the ${step.freeBy === 'coupon' ? 'coupon' : 'worth of the goods'}` : ''}`
  }
}
