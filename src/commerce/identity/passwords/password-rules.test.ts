import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPasswordFaults as findFaults, type Person } from './password-rules.ts'

const config = { PASSWORD_FORBIDDEN_WORDS: ['souk'], MAIL_FROM: 'Kettles & Co <hello@kettles.example>' }
const findPasswordFaults = (password: string, person: Person) => findFaults(password, person, config)

const jane = { username: 'janedoe', email: 'jane.doe@example.com', 'first name': 'Jane', 'last name': 'Featherstone' }

test('V1-030 the passwords of the documents will do', () => {
  for (const password of [
    'SecurePass123!',
    'SecurePass123',
    'SecurePassword123',
    'securepassword123',
    'newpassword123',
  ]) {
    assert.deepEqual(findPasswordFaults(password, jane), [], password)
    assert.deepEqual(findPasswordFaults(password, { username: 'testuser', email: 'test@example.com' }), [], password)
  }
})

test('V1-030 ASVS 6.2.11 what a password must not be', () => {
  const short = { code: 'password_too_short', limit: 8 }
  const similar = (field: string) => ({ code: 'password_too_similar', field })
  const cases: [string, unknown[]][] = [
    ['Xy7!abc', [short]],
    ['Password123', ['password_too_common']],
    ['12345678', ['password_too_common', 'password_entirely_numeric']],
    ['83920174', ['password_entirely_numeric']],
    ['JaneDoe1', [similar('username')]],
    ['example99.com', [similar('email')]],
    ['featherstone7', [similar('last name')]],
    ['7', [short, 'password_entirely_numeric']],
    [`Aa1!${'x'.repeat(124)}`, []],
    [`Aa1!${'x'.repeat(125)}`, [{ code: 'maxLength', limit: 128 }]],
    ['Souk-2026!', ['password_too_common']],
    ['kettles&co77', ['password_too_common']],
    ['🫖🫖🫖🫖', [short]],
    ['soukenick brass', []],
  ]
  for (const [password, faults] of cases) assert.deepEqual(findPasswordFaults(password, jane), faults, password)
})
