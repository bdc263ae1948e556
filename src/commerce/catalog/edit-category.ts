/** Categories as staff edits them, picture and all. */
import { inTransaction, type Tx } from '#platform/database'
import { removePictureFiles } from '#platform/pictures'
import { type FieldCodes, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findCategoryImage } from './categories.queries.ts'
import { type CategoryChanges, changeCategory, createCategory, type NewCategory, removeCategory } from './categories.ts'
import { dropPictureFiles, keepSentPicture } from './picture-files.ts'

const FOLDER = 'categories'

/** Adds a category, with the picture that was sent. Refuses, with `known` faults, as `createCategory` does, and what is no picture (`image`). */
export function addCategory(
  app: App,
  category: NewCategory,
  picture?: Uint8Array,
  known: FieldCodes = {},
): Promise<{ id: number; slug: string }> {
  return withPicture(app, category.name, picture, ({ faults, ...kept }) =>
    inTransaction(app.db, (tx) => createCategory(tx, { ...category, ...kept }, { ...faults, ...known })),
  )
}

/** Changes a category; the files of a picture that is replaced follow by a job. Refuses as `changeCategory` does. */
export function editCategory(
  app: App,
  id: number,
  changes: CategoryChanges,
  picture?: Uint8Array,
  known: FieldCodes = {},
): Promise<void> {
  return withPicture(app, changes.name ?? `category-${id}`, picture, ({ faults, ...kept }) =>
    inTransaction(app.db, async (tx) => {
      const before = await findCategoryImage(tx, id)
      await changeCategory(tx, id, { ...changes, ...kept }, { ...faults, ...known })
      if ({ ...changes, ...kept }.image !== undefined) await dropImage(app, tx, before)
    }),
  )
}

/** Takes an empty category away, and its picture. Refuses as `removeCategory` does. */
export function dropCategory(app: App, id: number): Promise<void> {
  return inTransaction(app.db, async (tx) => {
    const image = await findCategoryImage(tx, id)
    await removeCategory(tx, id)
    await dropImage(app, tx, image)
  })
}

async function dropImage(app: App, tx: Tx, image: string | null | undefined): Promise<void> {
  if (image) await dropPictureFiles(app.jobs, tx, [image], null)
}

type Kept = { image?: string; faults: FieldCodes }

/** What is wrong with the picture is told with whatever else is wrong; of a deed that is refused no file stays. */
async function withPicture<Result>(
  app: App,
  label: string,
  picture: Uint8Array | undefined,
  work: (kept: Kept) => Promise<Result>,
): Promise<Result> {
  const kept = await keep(app, label, picture)
  try {
    return await work(kept)
  } catch (error) {
    // Of any other fault it is not known whether the row is there.
    if (kept.image && error instanceof Refusal) await removePictureFiles(app.files, kept.image)
    throw error
  }
}

async function keep(app: App, label: string, picture: Uint8Array | undefined): Promise<Kept> {
  if (!picture) return { faults: {} }
  try {
    const { address } = await keepSentPicture(app, { bytes: picture, folder: FOLDER, label })
    return { image: address, faults: {} }
  } catch (error) {
    if (error instanceof Refusal && error.details.fields) return { faults: error.details.fields }
    throw error
  }
}
