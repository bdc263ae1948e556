import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { inTransaction, type Tx } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { changeCategory, createCategory } from './categories.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const add = (tx: Tx, name: string, parentId: number | null = null) => createCategory(tx, { name, parentId })
const pathOf = async (id: number) => {
  const { rows } = await sql<{ path: number[] }>`select path from catalog.categories where id = ${id}`.execute(shop.db)
  return rows[0]!.path
}

/** Runs one transaction, and another that begins before the first one ends. */
async function overlapping<First, Second>(first: (tx: Tx) => Promise<First>, second: (tx: Tx) => Promise<Second>) {
  const holding = inTransaction(shop.db, async (tx) => {
    const done = await first(tx)
    await pause(400)
    return done
  })
  await pause(150)
  return Promise.all([holding, inTransaction(shop.db, second)])
}

const twoRoots = () =>
  inTransaction(shop.db, async (tx) => ({ root: await add(tx, 'Root'), branch: await add(tx, 'Branch') }))

test('V1-221 what is added below a branch while it moves, moves along', async () => {
  const { root, branch } = await twoRoots()
  const [leaf] = await overlapping(
    (tx) => add(tx, 'Leaf', branch.id),
    (tx) => changeCategory(tx, branch.id, { parentId: root.id }),
  )
  assert.deepEqual(await pathOf(branch.id), [root.id, branch.id])
  assert.deepEqual(await pathOf(leaf.id), [root.id, branch.id, leaf.id])
})

test('V1-221 what is added below a branch that is just moving lies where it went', async () => {
  const { root, branch } = await twoRoots()
  const [, leaf] = await overlapping(
    (tx) => changeCategory(tx, branch.id, { parentId: root.id }),
    (tx) => add(tx, 'Leaf', branch.id),
  )
  assert.deepEqual(await pathOf(leaf.id), [root.id, branch.id, leaf.id])
})

test('V1-221 of two moves that would hang one below the other, the later one is refused', async () => {
  const { root, branch } = await twoRoots()
  const both = overlapping(
    (tx) => changeCategory(tx, branch.id, { parentId: root.id }),
    (tx) => changeCategory(tx, root.id, { parentId: branch.id }),
  )
  await assert.rejects(both, { details: { fields: { parent: 'category_cycle' } } })
  assert.deepEqual(await pathOf(branch.id), [root.id, branch.id])
})
