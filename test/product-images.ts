/** A server with a product whose pictures are worked on, and files of its own. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { staffMember } from './accounts.ts'
import { form, image } from './forms.ts'
import { draw } from './pictures.ts'
import { type StockedProduct, stockedProduct } from './products.ts'
import { type Called, openTestServer, type TestServer } from './server.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
type Shown = { images: any[]; image: string | null }
export type ProductImages = {
  server: TestServer
  /** Of somebody of the staff. */
  token: string
  product: StockedProduct
  /** The address of its pictures. */
  images: string
  /** Works what waits, and goes on with another product. */
  begin(): Promise<void>
  upload(fields?: Record<string, string>, bytes?: Uint8Array): Promise<Called>
  addUrl(body: unknown): Promise<Called>
  shown(): Promise<Shown>
  /** What lies in the file storage of the product. */
  files(): Promise<string[]>
  close(): Promise<void>
}

const PUBLIC_URL = 'https://shop.example'

/** The path of an address of this server. */
export const pathOf = (url: string): string => url.replace(PUBLIC_URL, '')

export async function openProductImages(): Promise<ProductImages> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-images-'))
  const server = await openTestServer({ DATA_DIRECTORY: directory, PUBLIC_URL })
  const token = (await staffMember(server)).access
  const usual = await draw('png', { width: 600, height: 300 })
  const here: ProductImages = {
    server,
    token,
    product: await stockedProduct(server),
    images: '',
    begin: async () => {
      await server.shop.runJobs()
      here.product = await stockedProduct(server, { name: 'Blue vase' })
      here.images = `/api/v1/products/${here.product.id}/images/`
    },
    upload: (fields = {}, bytes = usual) => server.call('POST', here.images, { token, ...form(fields, image(bytes)) }),
    addUrl: (body) => server.call('POST', here.images, { token, body }),
    shown: async () => (await server.call('GET', `/api/v1/products/${here.product.id}/`)).body,
    files: async () => {
      const all = await readdir(join(directory, 'files/products')).catch(() => [])
      return all.filter((name) => name.replace(/(-[0-9a-f]{16})(-\d+)?\.webp$/, '') === here.product.slug)
    },
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true })
    },
  }
  return here
}
