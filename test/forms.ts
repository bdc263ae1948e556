/** Bodies of multipart/form-data for tests, byte by byte as they are wanted. */
export type Part = { name: string; fileName?: string; type?: string; content: string | Uint8Array }

export const BOUNDARY = '----souk-test-boundary'
export const FORM_TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }

/** What `call` takes: a form of these fields, and files with their content. */
export function form(
  fields: Record<string, string>,
  ...files: Part[]
): { body: Buffer; headers: Record<string, string> } {
  const parts = [...Object.entries(fields).map(([name, content]) => ({ name, content })), ...files]
  return { body: toBody(parts), headers: FORM_TYPE }
}

export const image = (content: Uint8Array, fileName = 'picture.png', type = 'image/png'): Part => ({
  name: 'image',
  fileName,
  type,
  content,
})

export function toBody(parts: Part[]): Buffer {
  const pieces = parts.flatMap(({ name, fileName, type, content }) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`,
    fileName === undefined ? '' : `; filename="${fileName}"`,
    type === undefined ? '' : `\r\nContent-Type: ${type}`,
    '\r\n\r\n',
    content,
    '\r\n',
  ])
  return Buffer.concat([...pieces, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece as string)))
}
