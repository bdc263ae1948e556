// In which language somebody is told: his own, or that of the shop.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openMailer } from '#platform/mail'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openPostbox } from '../../../test/processes/postbox.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const ME = '/api/v1/users/me/'
const DEVANAGARI = /\p{Script=Devanagari}/u

async function speak({ access: token }: SignedUp, language: string): Promise<void> {
  const { status, body } = await server.call('PATCH', ME, { token, body: { profile: { language } } })
  assert.deepEqual([status, body.profile.language], [200, language])
}

/** Somebody orders. What he is told of it. */
async function order(buyer: SignedUp) {
  const { shop } = server
  await fillCart(shop, buyer.accountId, [await stockedArticle(shop), 1])
  const body = { shipping_address: { ...ADDRESS, country: 'IN' }, payment_method: 'cod' }
  const placed = await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })
  assert.equal(placed.status, 201)
  await shop.runJobs()
  const { body: notices } = await server.call('GET', '/api/v1/notifications/', { token: buyer.access })
  const letter = shop.letters.findLast(({ to }) => to === buyer.email)!
  const number: string = placed.body.order_number
  return { number, notice: notices.results[0], letter }
}

test('V1-145 MP-283 who chose Hindi is told of an order in Hindi, in text, HTML, inside the shop and by SMS', async () => {
  const buyer = await signedUp(server, { phone: '+919800000001' })
  await speak(buyer, 'hi-IN')
  const token = buyer.access
  const body = { order_updates: { sms: true } }
  assert.equal((await server.call('PATCH', '/api/v1/notifications/preferences/', { token, body })).status, 200)
  const { letter, notice, number } = await order(buyer)
  assert.equal(letter.subject, `हमें आपका ऑर्डर ${number} मिल गया है`)
  assert.match(letter.html, /<html lang="hi">/)
  assert.match(letter.text, /डिलीवरी का पता:\n(.+\n)+भारत/)
  assert.match(letter.text, /कुल: \$/)
  assert.deepEqual([notice.title, DEVANAGARI.test(notice.body)], ['ऑर्डर मिल गया', true])
  assert.ok(notice.body.includes(number))
  assert.equal(server.shop.texts.findLast(({ to }) => to === '+919800000001')!.body, notice.body)
  assert.match(letter.attachments[0]!.filename, /^invoice-/)
})

test('V1-145 who chose nothing, English, or a language that nobody here writes is told in English', async () => {
  for (const language of [undefined, 'en-GB', 'fr']) {
    const buyer = await signedUp(server)
    if (language) await speak(buyer, language)
    const { letter, notice, number } = await order(buyer)
    assert.equal(letter.subject, `We have received your order ${number}`)
    assert.match(letter.html, /<html lang="en">/)
    assert.equal(notice.title, 'Order received')
  }
})

test('MP-283 whoever registers in Hindi is written to in Hindi, and may choose otherwise', async () => {
  const register = (email: string, language?: string) =>
    server.call('POST', '/api/v1/auth/register/', {
      body: { email, username: email.split('@')[0], password: 'SecurePass123!', first_name: 'A', last_name: 'B' },
      headers: language ? { 'accept-language': language } : {},
    })
  const subjectFor = async (email: string) => {
    await server.shop.runJobs()
    return server.shop.letters.findLast(({ to }) => to === email)?.subject
  }
  const hindi = await register('new-hi@example.com', 'hi-IN,hi;q=0.9,en;q=0.5')
  const [english, silent] = [await register('new-en@example.com', 'en-GB'), await register('new-no@example.com')]
  assert.deepEqual([hindi.status, english.status, silent.status], [201, 201, 201])
  assert.equal(hindi.statements, silent.statements + 1)
  assert.equal(english.statements, silent.statements)
  assert.equal(await subjectFor('new-hi@example.com'), 'कृपया अपने ईमेल पते की पुष्टि करें')
  assert.equal(await subjectFor('new-en@example.com'), 'Please confirm your e-mail address')
  assert.equal(await subjectFor('new-no@example.com'), 'Please confirm your e-mail address')
})

test('MP-283 a shop of another language writes in that one to who chose none', async () => {
  const ours = await openTestServer({ SHOP_LANGUAGE: 'hi' })
  try {
    const [silent, english] = [await signedUp(ours), await signedUp(ours)]
    const body = { profile: { language: 'en' } }
    await ours.call('PATCH', ME, { token: english.access, body })
    const languageOf = async ({ access: token }: SignedUp) =>
      (await ours.call('GET', ME, { token })).body.profile.language
    assert.deepEqual([await languageOf(silent), await languageOf(english)], ['hi', 'en'])
    for (const { email } of [silent, english])
      await ours.call('POST', '/api/v1/auth/password-reset/', { body: { email } })
    await ours.shop.runJobs()
    const subjects = [silent, english].map(({ email }) => ours.shop.letters.findLast(({ to }) => to === email)?.subject)
    assert.deepEqual(subjects, ['नया पासवर्ड चुनें', 'Choose a new password'])
  } finally {
    await ours.close()
  }
})

test('NX-052 a claim is told in Hindi with its place and address', async () => {
  const owner = await signedUp(server)
  await speak(owner, 'hi')
  const { email } = owner
  for (let tries = 0; tries < 6; tries += 1) {
    await server.call('POST', '/api/auth/login/', { body: { email, password: 'wrong-one' } })
  }
  await server.shop.runJobs()
  const letter = server.shop.letters.findLast(({ to }) => to === email)
  assert.equal(letter?.subject, 'आपका खाता कुछ समय के लिए लॉक किया गया')
  assert.match(letter!.text, /127\.0\.0\.1.*15 मिनट/)
})

test('MP-283 a letter in Hindi arrives through a mail server as it was written', async (t) => {
  const postbox = await openPostbox()
  const buyer = await signedUp(server)
  await speak(buyer, 'hi')
  const { letter } = await order(buyer)
  const { log } = server.shop
  const mailer = openMailer({
    smtpUrl: postbox.url,
    from: 'चाय की दुकान <shop@example.com>',
    outbox: '',
    host: 'shop.example.com',
    log,
  })
  t.after(() => mailer.close())
  await mailer.send({ id: 1, ...letter, attachments: [] })
  const [arrived] = postbox.taken
  assert.deepEqual([arrived?.subject, arrived?.from?.name], [letter.subject, 'चाय की दुकान'])
  assert.equal(arrived?.text?.trim(), letter.text.trim())
  assert.match(arrived?.html ?? '', /<html lang="hi">/)
})
