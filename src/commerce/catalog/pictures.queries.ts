/** SQL of the pictures of products. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { CatalogPictures } from './tables.ts'

export type Picture = Pick<CatalogPictures, 'id' | 'url' | 'altText' | 'isPrimary' | 'position' | 'sizes'>
type FreshPicture = Pick<Picture, 'url' | 'altText' | 'isPrimary'> & Partial<Pick<CatalogPictures, 'width' | 'height'>>
/** A product as far as who works on it has to know it; without a seller it is the house's. */
export type ManagedProduct = { id: number; slug: string; sellerId: number | null }

const PICTURE = sql`id, url, alt_text, is_primary, position, sizes`

/** By id or, where there is none of this id, by slug; hidden ones too. */
export async function findManagedProduct(
  db: Db,
  { id, slug }: { id: number | null; slug: string },
): Promise<ManagedProduct | undefined> {
  const { rows } = await sql<ManagedProduct>`
    select id, slug, seller_id from catalog.products
    where removed_at is null and id = coalesce(
      (select id from catalog.products where id = ${id}::bigint), (select id from catalog.products where slug = ${slug}))`.execute(
    db,
  )
  return rows[0]
}

/** Whether there is such a product. Until the commit nobody else works on its pictures. */
export async function lockPicturesOf(tx: Tx, productId: number): Promise<boolean> {
  const { rows } = await sql`select from catalog.products where id = ${productId} for no key update`.execute(tx)
  return rows.length > 0
}

/** At the end, and primary where it is the first. Undefined where the product has `max` already. */
export async function insertPicture(
  tx: Tx,
  productId: number,
  { url, altText, isPrimary, width = null, height = null }: FreshPicture,
  max: number,
): Promise<Picture | undefined> {
  const { rows } = await sql<Picture>`
    insert into catalog.pictures (product_id, url, alt_text, is_primary, position, width, height)
    select ${productId}::bigint, ${url}::text, ${altText}::text, ${isPrimary}::boolean or count(*) = 0,
      coalesce(max(position) + 1, 0), ${width}::int, ${height}::int
    from catalog.pictures where product_id = ${productId} having count(*) < ${max}
    returning ${PICTURE}`.execute(tx)
  return rows[0]
}

export async function findPicture(db: Db, productId: number, id: number): Promise<Picture | undefined> {
  const { rows } = await sql<Picture>`
    select ${PICTURE} from catalog.pictures where id = ${id} and product_id = ${productId}`.execute(db)
  return rows[0]
}

export async function clearPrimary(tx: Tx, productId: number): Promise<void> {
  await sql`update catalog.pictures set is_primary = false where product_id = ${productId} and is_primary`.execute(tx)
}

/** The first of a product's pictures in their order, `but` one, becomes primary, where there is another. None may be at the moment. */
export async function promoteFirst(tx: Tx, productId: number, but: number): Promise<void> {
  await sql`
    update catalog.pictures set is_primary = true
    where id = coalesce(
      (select id from catalog.pictures where product_id = ${productId} and id <> ${but} order by position, id limit 1), ${but})`.execute(
    tx,
  )
}

export async function updatePicture(
  tx: Tx,
  id: number,
  { altText = null, isPrimary = null }: { altText?: string | null; isPrimary?: boolean | null },
): Promise<void> {
  await sql`
    update catalog.pictures set alt_text = coalesce(${altText}::text, alt_text),
      is_primary = coalesce(${isPrimary}::boolean, is_primary)
    where id = ${id}`.execute(tx)
}

/** Puts a picture at a place, counted from 0; the others keep their order, and all are counted anew. */
export async function placePicture(tx: Tx, productId: number, id: number, place: number): Promise<void> {
  await sql`
    with others as (
      select id, row_number() over (order by position, id) - 1 as place
      from catalog.pictures where product_id = ${productId} and id <> ${id}),
    placed as (
      select id, case when place >= ${place}::bigint then place + 1 else place end as place from others
      union all select ${id}::bigint, least(${place}::bigint, (select count(*) from others)))
    update catalog.pictures picture set position = placed.place
    from placed where placed.id = picture.id and picture.position <> placed.place`.execute(tx)
}

export async function deletePicture(tx: Tx, productId: number, id: number): Promise<Picture | undefined> {
  const { rows } = await sql<Picture>`
    delete from catalog.pictures where id = ${id} and product_id = ${productId} returning ${PICTURE}`.execute(tx)
  return rows[0]
}

/** A picture of ours with its size in pixels; undefined for one that is gone, or is elsewhere. */
export async function findKeptPicture(db: Db, id: number) {
  const { rows } = await sql<{ url: string; width: number; height: number }>`
    select url, width, height from catalog.pictures where id = ${id} and width is not null`.execute(db)
  return rows[0]
}

/** Notes which smaller copies there are. The id of the product; undefined where the picture is gone. */
export async function noteSizes(tx: Tx, id: number, sizes: number[]): Promise<number | undefined> {
  const { rows } = await sql<{ productId: number }>`
    update catalog.pictures set sizes = ${sizes}::int[] where id = ${id} returning product_id`.execute(tx)
  return rows[0]?.productId
}

/** Whether anything of the catalogue shows a file, by either of its addresses. */
export async function isFileShown(db: Db, [one, other]: readonly [string, string]): Promise<boolean> {
  const { rows } = await sql<{ isShown: boolean }>`
    select exists (select from catalog.pictures where url = ${one} or url = ${other})
      or exists (select from catalog.variants where image = ${one} or image = ${other})
      or exists (select from catalog.categories where image = ${one} or image = ${other})
      or exists (select from catalog.brands where logo = ${one} or logo = ${other}) as is_shown`.execute(db)
  return rows[0]!.isShown
}
