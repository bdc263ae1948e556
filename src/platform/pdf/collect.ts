import type { Pen } from './style.ts'

/** The file, once its drawing has ended. */
export function collect(pen: Pen): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    pen.on('data', (chunk) => chunks.push(chunk))
    pen.on('end', () => resolve(Buffer.concat(chunks)))
    pen.on('error', reject)
  })
}
