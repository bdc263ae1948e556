import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hash } from '@node-rs/argon2'
import { isCommonPassword } from './common-passwords.ts'
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts'

/** Made with another implementation of PBKDF2. */
const PASSWORD = 'lètmein-Ünder 7 bridges'
const DIGEST = 'MeevQSLaPlo3/wKnT/Ssc9nQob3vpMILqqaf+l2nQ3k='
const DJANGO = `pbkdf2_sha256$870000$seasalt2Xy9$${DIGEST}`
const DJANGO_OLD = 'pbkdf2_sha256$1000$seasalt2Xy9$LIEHDopYTRMvfnBgWFNF3+2xB3L50dXKWu1ebWJ/BhY='

test('NX-152 a password is that of its hash, and no other is', async () => {
  const made = await hashPassword(PASSWORD)
  assert.match(made, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await verifyPassword(made, PASSWORD), true)
  assert.equal(await verifyPassword(made, `${PASSWORD} `), false)
  assert.equal(await verifyPassword(null, PASSWORD), false)
})

test('NX-152 a hash of Django lets its password in, and is to be made anew', async () => {
  for (const django of [DJANGO, DJANGO_OLD]) {
    assert.equal(await verifyPassword(django, PASSWORD), true)
    assert.equal(await verifyPassword(django, PASSWORD.toLowerCase()), false)
    assert.equal(await verifyPassword(django, ''), false)
    assert.equal(needsRehash(django), true)
  }
})

test('NX-152 a hash that nobody can read, or that costs beyond reason, matches nothing', async () => {
  const begun = performance.now()
  for (const wrong of [
    `pbkdf2_sha256$10000001$seasalt2Xy9$${DIGEST}`,
    `pbkdf2_sha256$99999999999999999999$seasalt2Xy9$${DIGEST}`,
    `pbkdf2_sha256$0$seasalt2Xy9$${DIGEST}`,
    `pbkdf2_sha256$-1$seasalt2Xy9$${DIGEST}`,
    `pbkdf2_sha256$1e3$seasalt2Xy9$${DIGEST}`,
    `pbkdf2_sha256$870000$$${DIGEST}`,
    `pbkdf2_sha256$870000$seasalt2Xy9$${DIGEST.slice(0, 20)}`,
    'pbkdf2_sha256$870000$seasalt2Xy9$',
    'pbkdf2_sha256$870000$seasalt2Xy9',
    `pbkdf2_sha256$870000$seasalt2Xy9$${DIGEST}$more`,
    `pbkdf2_sha1$870000$seasalt2Xy9$${DIGEST}`,
    '!unusable',
    '$argon2id$v=19$m=19456,t=2',
    'nothing',
  ]) {
    assert.equal(await verifyPassword(wrong, PASSWORD), false, wrong)
    assert.equal(needsRehash(wrong), true, wrong)
  }
  assert.ok(performance.now() - begun < 5000)
})

test('NX-152 a hash of other parameters than ours is to be made anew, one of ours is not', async () => {
  assert.equal(needsRehash(await hashPassword(PASSWORD)), false)
  const ours = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
  const others = [{ memoryCost: 9728 }, { timeCost: 3 }, { parallelism: 2 }, { algorithm: 1 }, { version: 0 }]
  for (const other of others) {
    const made = await hash(PASSWORD, { ...ours, ...other })
    assert.equal(await verifyPassword(made, PASSWORD), true, made)
    assert.equal(needsRehash(made), true, made)
  }
})

test('V1-030 SF-061 common passwords are known in any case, those of the documents are not among them', () => {
  for (const common of ['password', 'Password123', 'QWERTY123', '12345678', 'iloveyou', 'trustno1', 'p@ssw0rd']) {
    assert.equal(isCommonPassword(common), true, common)
  }
  for (const documented of [
    'SecurePass123!',
    'SecurePass123',
    'SecurePassword123',
    'securepassword123',
    'newpassword123',
    'StrongP@ssw0rd!',
  ]) {
    assert.equal(isCommonPassword(documented), false, documented)
  }
})
