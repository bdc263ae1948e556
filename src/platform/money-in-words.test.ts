import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moneyInWords } from './money-in-words.ts'

test('amounts are written out: rupees in lakhs and paise, others by their name and hundredths', () => {
  assert.deepEqual(
    [
      moneyInWords(70682, 'INR'),
      moneyInWords(123456750, 'INR'),
      moneyInWords(123405, 'USD'),
      moneyInWords(150, 'USD'),
      moneyInWords(10000, 'EUR'),
      moneyInWords(1200, 'JPY'),
      moneyInWords(-50, 'USD'),
    ],
    [
      'Seven Hundred Six Rupees And Eighty Two Paise Only',
      'Twelve Lakh Thirty Four Thousand Five Hundred Sixty Seven Rupees And Fifty Paise Only',
      'One Thousand Two Hundred Thirty Four US dollars and 05/100 only',
      'One US dollar and 50/100 only',
      'One Hundred euros only',
      'One Thousand Two Hundred Japanese yen only',
      'Minus Zero US dollars and 50/100 only',
    ],
  )
})
