import type { shipments as english } from '../en/shipments.ts'

export const shipments: typeof english = {
  subject: (number) => `आपका ऑर्डर ${number} भेज दिया गया है`,
  heading: 'आपका ऑर्डर रास्ते में है',
  sent: ({ number, carrier, trackingNumber }) =>
    `आपका ऑर्डर ${number} ${carrier} द्वारा भेजा गया है${trackingNumber ? `, ट्रैकिंग नंबर ${trackingNumber}` : ''}।`,
  arrival: (arrival) => `इसके ${arrival} तक पहुँचने की उम्मीद है।`,
  part: 'यह आपके ऑर्डर का एक भाग है: बाकी सामान दूसरे पार्सल में आएगा।',
  cash: (total) => `कृपया डिलीवरी के समय ${total} का भुगतान करें।`,
  button: 'पार्सल ट्रैक करें',
  contents: 'इस पार्सल में',
  notice: {
    title: 'ऑर्डर भेज दिया गया',
    body: ({ number, carrier, trackingNumber }) =>
      `आपका ऑर्डर ${number} ${carrier} द्वारा भेज दिया गया है${trackingNumber ? `, ट्रैकिंग नंबर ${trackingNumber}` : ''}।`,
  },
}
