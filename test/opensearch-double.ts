/**
 * A search engine for tests that speaks the HTTP of OpenSearch as far as Souk uses it, and refuses whatever else it is asked, as a
 * real one does. Everything is searchable at once.
 */
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { Faulty, type Fields, searchIn } from './opensearch-queries.ts'

type Kept = { version: number; source: Fields | undefined }
export type Index = Map<string, Kept>
/** What it does instead of its work, a request each; what is true lets it work after all. */
type Trouble = (request: IncomingMessage, response: ServerResponse, body: string) => unknown
export type OpenSearchDouble = {
  /** As SEARCH_URL says it. */
  url: string
  indexes: Map<string, Index>
  aliases: Map<string, Set<string>>
  /** Method and path of each request. */
  asked: string[]
  /** The bodies of the searches. */
  searches: Fields[]
  troubles: Trouble[]
  /** Every request, as long as it is set. */
  always: Trouble | undefined
  /** The documents that are found through the alias, by id. */
  documents(): Map<string, Fields>
  close(): Promise<void>
}

const AUTHORIZATION = `Basic ${Buffer.from('souk:se/cret').toString('base64')}`
export const ALIAS = 'shop'

export async function openOpenSearchDouble(): Promise<OpenSearchDouble> {
  const double: Omit<OpenSearchDouble, 'url' | 'close' | 'documents'> = {
    indexes: new Map(),
    aliases: new Map(),
    asked: [],
    searches: [],
    troubles: [],
    always: undefined,
  }
  const server = createServer(async (request, response) => {
    double.asked.push(`${request.method} ${request.url}`)
    const body = await textOf(request).catch(() => '')
    const trouble = double.always ?? double.troubles.shift()
    if (trouble && (await trouble(request, response, body)) !== true) return
    if (request.headers.authorization !== AUTHORIZATION) return answer(response, 401, { error: 'Unauthorized' })
    try {
      const [status, said] = work(double, request, body)
      answer(response, status, said)
    } catch (error) {
      if (!(error instanceof Faulty)) console.error(error)
      const { message, status = 500 } = error as Faulty
      answer(response, status, { error: { type: message, reason: message }, status })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return Object.assign(double, {
    url: `http://souk:${encodeURIComponent('se/cret')}@127.0.0.1:${port}/${ALIAS}`,
    documents: () => liveIn(indexOf(double, ALIAS)),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  })
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

type State = Omit<OpenSearchDouble, 'url' | 'close' | 'documents'>

function work(state: State, { method, url, headers }: IncomingMessage, body: string): [number, unknown] {
  const [, first = '', second] = url!.split('/')
  const json = () => {
    assert.equal(headers['content-type'], 'application/json')
    return JSON.parse(body)
  }
  switch (
    `${method} ${first.startsWith('_') ? first : '*'}${second ? `/${second.startsWith('_') ? second : '*'}` : ''}`
  ) {
    case 'PUT *':
      return createIndex(state, first, json())
    case 'DELETE *':
      if (!state.indexes.delete(first)) throw new Faulty('index_not_found_exception', 404)
      for (const targets of state.aliases.values()) targets.delete(first)
      return [200, { acknowledged: true }]
    case 'GET _alias/*':
      return findAlias(state, second!)
    case 'POST _aliases':
      return moveAliases(state, json().actions)
    case 'POST */_refresh':
      indexOf(state, first)
      return [200, {}]
    case 'POST */_bulk':
      assert.equal(headers['content-type'], 'application/x-ndjson')
      return [200, bulk(indexOf(state, first), body)]
    case 'POST */_search': {
      const asked = json()
      state.searches.push(asked)
      return [200, searchIn(liveIn(indexOf(state, first)), asked)]
    }
    default:
      throw new Faulty('no_handler', 405)
  }
}

function createIndex({ indexes, aliases }: State, name: string, { mappings }: Fields): [number, unknown] {
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) throw new Faulty('invalid_index_name_exception')
  if (indexes.has(name) || aliases.has(name)) throw new Faulty('resource_already_exists_exception')
  assert.equal(mappings.dynamic, 'strict')
  indexes.set(name, new Map())
  fieldsOf.set(indexes.get(name)!, new Set(Object.keys(mappings.properties)))
  return [200, { acknowledged: true, index: name }]
}

const fieldsOf = new WeakMap<Index, Set<string>>()

function findAlias({ aliases }: State, name: string): [number, unknown] {
  const targets = [...(aliases.get(name) ?? [])]
  if (targets.length === 0) return [404, { error: `alias [${name}] missing`, status: 404 }]
  return [200, Object.fromEntries(targets.map((index) => [index, { aliases: { [name]: {} } }]))]
}

function moveAliases({ aliases, indexes }: State, actions: Fields[]): [number, unknown] {
  for (const { add, remove } of actions) {
    const { index, alias } = add ?? remove
    if (!indexes.has(index)) throw new Faulty('index_not_found_exception', 404)
    if (add) aliases.set(alias, (aliases.get(alias) ?? new Set()).add(index))
    else aliases.get(alias)?.delete(index)
  }
  return [200, { acknowledged: true }]
}

function indexOf({ indexes, aliases }: State, name: string): Index {
  const found = indexes.get(name) ?? indexes.get([...(aliases.get(name) ?? [])][0] ?? '')
  if (!found) throw new Faulty('index_not_found_exception', 404)
  return found
}

function liveIn(index: Index): Map<string, Fields> {
  return new Map([...index].flatMap(([id, { source }]) => (source ? [[id, source] as const] : [])))
}

/** Lines of actions, each but a deletion with its document; the last one ends with a line feed, too. */
function bulk(index: Index, body: string): { errors: boolean; items: Fields[] } {
  if (!body.endsWith('\n')) throw new Faulty('illegal_argument_exception')
  const lines = body.slice(0, -1).split('\n')
  const items: Fields[] = []
  for (let at = 0; at < lines.length; ) {
    const [[action, target]] = Object.entries<Fields>(JSON.parse(lines[at]!)) as [[string, Fields]]
    const source = action === 'delete' ? undefined : (JSON.parse(lines[at + 1]!) as Fields)
    at += action === 'delete' ? 1 : 2
    assert.equal(target.version_type, 'external')
    items.push({ [action]: { _id: target._id, ...writeOne(index, action, target, source) } })
  }
  return { errors: items.some((item) => Object.values<Fields>(item)[0]!.status >= 300), items }
}

function writeOne(index: Index, action: string, { _id: id, version }: Fields, source: Fields | undefined): Fields {
  const known = index.get(id)
  if (known && version <= known.version) return { status: 409, error: { type: 'version_conflict_engine_exception' } }
  const strange = Object.keys(source ?? {}).find((field) => !fieldsOf.get(index)!.has(field))
  if (strange) return { status: 400, error: { type: 'strict_dynamic_mapping_exception' } }
  index.set(id, { version, source })
  if (action === 'delete') return { status: known?.source ? 200 : 404, _version: version }
  return { status: known?.source ? 200 : 201, _version: version }
}
