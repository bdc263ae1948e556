/** What payments and refunds are called towards people: PAY-… and REF-…, the uuid in capitals (SF-003). */

export const toPaymentNumber = (id: string): string => `PAY-${id.replaceAll('-', '').toUpperCase()}`
export const toRefundNumber = (id: string): string => `REF-${id.replaceAll('-', '').toUpperCase()}`

/** The id of a payment; undefined for what is no number of one. */
export const readPaymentNumber = (number: string): string | undefined => readNumber('PAY', number)
export const readRefundNumber = (number: string): string | undefined => readNumber('REF', number)

function readNumber(prefix: string, number: string): string | undefined {
  const [, digits] = new RegExp(`^${prefix}-([0-9A-F]{32})$`).exec(number) ?? []
  return digits?.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
