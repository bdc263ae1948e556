/** What is said about a parcel. `arrival` is a day, written out. */
type Way = { number: string; carrier: string; trackingNumber: string | null }

export const shipments = {
  subject: (number: string) => `Your order ${number} has been shipped`,
  heading: 'Your order is on its way',
  sent: ({ number, carrier, trackingNumber }: Way) =>
    `Your order ${number} was sent with ${carrier}${trackingNumber ? `, tracking number ${trackingNumber}` : ''}.`,
  arrival: (arrival: string) => `We expect it to arrive by ${arrival}.`,
  part: 'This is a part of your order: the rest comes in another parcel.',
  cash: (total: string) => `You pay ${total} on delivery.`,
  button: 'Track the parcel',
  contents: 'In this parcel',
  notice: {
    title: 'Order shipped',
    body: ({ number, carrier, trackingNumber }: Way) =>
      `Your order ${number} is on its way with ${carrier}${trackingNumber ? `, tracking number ${trackingNumber}` : ''}.`,
  },
}
