import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeDevice } from './device.ts'

test('V1-080 a session says from which program and system it was opened', () => {
  const cases = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36':
      'Chrome 142 on Windows',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1':
      'Safari 18 on iOS',
    'curl/8.9.1': 'curl 8.9.1',
    'python-requests/2.32.3': 'python-requests 2.32.3',
    '': 'Unknown device',
    ' ': 'Unknown device',
    '/': 'Unknown device',
  }
  for (const [userAgent, device] of Object.entries(cases)) assert.equal(describeDevice(userAgent), device)
  assert.ok(describeDevice('x'.repeat(10_000)).length <= 150)
})
