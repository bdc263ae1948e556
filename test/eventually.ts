import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** What comes of asking again and again until it is something: for what is written a moment later. Undefined after five seconds. */
export async function eventually<Value>(ask: () => Promise<Value | undefined>): Promise<Value | undefined> {
  for (let asked = 0; asked < 50; asked += 1) {
    const value = await ask()
    if (value !== undefined) return value
    await sleep(100)
  }
  return undefined
}

/** What is asked for, as soon as it is as wanted. */
export async function until<Value>(ask: () => Value | Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  const found = await eventually(async () => {
    const value = await ask()
    return isSo(value) ? { value } : undefined
  })
  return found ? found.value : assert.fail('it has not come')
}
