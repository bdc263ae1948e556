/** What is said about carts and articles: to those who buy, and to those who see to the stock. `price` is written out. */
export const carts = {
  subject: 'You left something in your cart',
  heading: 'Your cart is still here',
  paragraph: 'You have put something into your cart, and not ordered it yet. It is all still there:',
  button: 'Back to my cart',
  total: 'Total',
  closing: 'You get this once, because you wanted news from us. You can change that in your profile.',
}

export const stock = {
  subject: (name: string) => `Low stock: ${name}`,
  subjectOfMany: (count: number) => `Low stock: ${count} articles`,
  heading: 'Few are left',
  paragraph: 'The stock of these articles has fallen to the number from which on you wanted to know, or below it:',
  left: (available: number, threshold: number) => `${available} left, low from ${threshold} on`,
  closing: 'You are told again when more have come in and the stock falls once more.',
}

export const watches = {
  backInStock: {
    subject: (name: string) => `Back in stock: ${name}`,
    subjectOfMany: (count: number) => `Back in stock: ${count} articles`,
    heading: 'It is here again',
    paragraph: 'You wanted to know when this can be ordered again:',
    line: (price: string, _before: string) => `Now in stock for ${price}`,
    brief: (name: string, _price: string) => `${name} can be ordered again.`,
    briefOfMany: (count: number) => `${count} articles that you waited for can be ordered again.`,
    closing: 'You are told this once. Others were told, too: we cannot keep one for you.',
  },
  priceDrop: {
    subject: (name: string) => `Now cheaper: ${name}`,
    subjectOfMany: (count: number) => `Now cheaper: ${count} articles`,
    heading: 'The price has fallen',
    paragraph: 'You wanted to know when this costs less:',
    line: (price: string, before: string) => `Now ${price}, before ${before}`,
    brief: (name: string, price: string) => `${name} now costs ${price}.`,
    briefOfMany: (count: number) => `${count} articles that you watch now cost less.`,
    closing: 'You are told again when it falls further. You can end that in your account.',
  },
  button: 'Look at it',
}
