/** GET /api/schema/: the OpenAPI document as JSON or YAML, whole or of one surface (V1-032). */
import { Type } from 'typebox'
import { addVary } from '../http/cors.ts'
import type { Server } from '../http/server.ts'
import { Choice } from '../http/wire.ts'
import { describeApi, SURFACES, type Surface } from './openapi.ts'

const SchemaQuery = Type.Object({
  format: Type.Optional(Choice(['json', 'yaml'])),
  surface: Type.Optional(Choice(SURFACES)),
})
const Text = { schema: Type.String() }
const JSON_TYPE = 'application/json'
const YAML_TYPE = 'application/vnd.oai.openapi'

export function schemaRoute(server: Server): void {
  const text = keepTexts(server)
  server.get(
    '/api/schema/',
    {
      schema: {
        operationId: 'getApiSchema',
        tags: ['system'],
        summary: 'This document',
        querystring: SchemaQuery,
        response: { 200: { description: 'OpenAPI 3.0', content: { [JSON_TYPE]: Text, [YAML_TYPE]: Text } } },
      },
      config: { access: 'public', sqlBudget: 0, unthrottled: true },
    },
    async (request, reply) => {
      const { format, surface } = request.query
      const asJson = format ? format === 'json' : /json/i.test(request.headers.accept ?? '')
      addVary(reply, 'Accept')
      return reply
        .type(`${asJson ? JSON_TYPE : YAML_TYPE}; charset=utf-8`)
        .header('Cache-Control', 'public, max-age=300')
        .serializer((payload: unknown) => String(payload))
        .send(await text(asJson, surface))
    },
  )
}

/** Each text is made once, when it is first asked for: the routes of a running server do not change. */
function keepTexts(server: Server): (asJson: boolean, surface?: Surface) => Promise<string> {
  const made = new Map<string, string>()
  return async (asJson, surface) => {
    const key = `${asJson} ${surface}`
    const known = made.get(key)
    if (known !== undefined) return known
    const document = describeApi(server, surface)
    const text = asJson ? JSON.stringify(document) : await toYaml(document)
    made.set(key, text)
    return text
  }
}

/** The library is seventy files, which no start has to wait for. */
async function toYaml(document: object): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(document, { aliasDuplicateObjects: false })
}
