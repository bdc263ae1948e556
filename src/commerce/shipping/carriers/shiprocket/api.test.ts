// What becomes of a question when Shiprocket does not answer as it should.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  openShiprocketDouble,
  SHIPROCKET_SETTINGS,
  type ShiprocketDouble,
} from '../../../../../test/carrier-doubles/shiprocket.ts'
import { type Api, openApi } from './api.ts'

let shiprocket: ShiprocketDouble
let api: Api
const { SHIPROCKET_EMAIL: email, SHIPROCKET_PASSWORD: password } = SHIPROCKET_SETTINGS
const open = (over: object = {}) =>
  openApi({ url: shiprocket.url, email, password, answerWithinMs: 200, ...over }, () => new Date())
before(async () => {
  shiprocket = await openShiprocketDouble()
})
beforeEach(() => {
  api = open()
})
after(() => shiprocket.close())

const refusal = (reason: RegExp) => (error: { code?: string; details?: { reason: string } }) =>
  error.code === 'carrier_refused' && reason.test(String(error.details?.reason))

test('silence ends after a while, and the next question is asked all the same', async () => {
  shiprocket.fail('/orders', 'silence')
  await assert.rejects(api.get('/orders?search=x'), { name: 'TimeoutError' })
  assert.deepEqual(await api.get('/orders?search=x'), { data: [] })
})

test('429 and 5xx are no refusal: they may be otherwise next time', async () => {
  for (const status of [429, 500, 502, 503]) {
    shiprocket.fail('/orders', { status, body: { message: 'later' } })
    await assert.rejects(api.get('/orders?search=x'), new RegExp(`answered ${status}`))
  }
})

test('400, 404 and 422 are refusals with their reason, cut and cleaned', async () => {
  for (const status of [400, 404, 422]) {
    shiprocket.fail('/orders', { status, body: { message: 'No\u0000 way' } })
    await assert.rejects(api.get('/orders?search=x'), refusal(/^No {2}way$/))
  }
  shiprocket.fail('/orders', { status: 422, body: { errors: { a: ['x'.repeat(9000)] } } })
  await assert.rejects(api.get('/orders?search=x'), refusal(/^x{500}$/))
  shiprocket.fail('/orders', { status: 400, body: 'nothing that could be read' })
  await assert.rejects(api.get('/orders?search=x'), refusal(/^no reason given$/))
})

test('a wrong password is tried again by the next who asks, and is no refusal of a parcel', async () => {
  const logins = shiprocket.logins
  const stranger = open({ password: 'another' })
  for (let n = 0; n < 2; n += 1) await assert.rejects(stranger.get('/orders?search=x'), /let nobody in: 403/)
  assert.equal(shiprocket.logins, logins + 2)
})

test('many who ask at once log in once', async () => {
  const logins = shiprocket.logins
  await Promise.all(Array.from({ length: 20 }, () => api.get('/orders?search=x')))
  assert.equal(shiprocket.logins, logins + 1)
})

test('an answer that is no object is no answer', async () => {
  for (const body of [[], 'text', 7, null]) {
    shiprocket.fail('/orders', { body })
    await assert.rejects(api.get('/orders?search=x'), /no JSON object/)
  }
})

test('a label is taken from https, or from where the API is; it must be a PDF', async () => {
  const { origin } = new URL(shiprocket.url)
  assert.equal((await api.download(`${origin}/label.pdf`)).subarray(0, 4).toString(), '%PDF')
  await assert.rejects(api.download('http://169.254.169.254/label.pdf'), /not at https/)
  await assert.rejects(api.download('file:///etc/passwd'), /not at https/)
  shiprocket.fail('/label.pdf', { body: { no: 'pdf' } })
  await assert.rejects(api.download(`${origin}/label.pdf`), /no PDF/)
  shiprocket.fail('/label.pdf', { status: 302, body: {}, headers: { location: 'http://127.0.0.1:1/' } })
  await assert.rejects(api.download(`${origin}/label.pdf`))
})
