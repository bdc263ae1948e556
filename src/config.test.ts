import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readConfig, variables } from './config.ts'

const kept = { DATA_DIRECTORY: 'var/test', SECRET_KEY: 'a test key that signs nothing of value' }

test('V1-165 V1-166 sessions and limits have the defaults of the document', () => {
  const config = readConfig(kept)
  const defaults = {
    MAX_SESSIONS_PER_USER: 5,
    SESSION_EXPIRE_DAYS: 30,
    AUTO_CLEANUP_SESSIONS: true,
    LOG_SESSION_ACTIVITIES: true,
    FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY: true,
    LOGIN_IP_MAX_ATTEMPTS: 5,
    LOGIN_USER_MAX_ATTEMPTS: 3,
    REGISTER_IP_MAX_ATTEMPTS: 10,
    EMAIL_VERIFICATION_MAX_ATTEMPTS: 10,
  }
  for (const [name, value] of Object.entries(defaults)) assert.equal(config[name as keyof typeof defaults], value, name)
})

test('V1-167 the template of the environment names every variable', () => {
  const template = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  for (const name of Object.keys(variables)) assert.match(template, new RegExp(`^#? ?${name}=`, 'm'), name)
})

test('what cannot be meant is told by its name, all of it together', () => {
  const wrong = { ...kept, PORT: 'x', LOG_LEVEL: 'loud', AUTO_CLEANUP_SESSIONS: 'maybe' }
  assert.throws(() => readConfig(wrong), /PORT .*LOG_LEVEL .*AUTO_CLEANUP_SESSIONS /)
})
