/** /api/v1/search/synonyms/, rules/ and queries/: what staff does to the search, and what it was asked (V1-405). */

import { Type } from 'typebox'
import {
  addRule,
  addSynonyms,
  changeRule,
  changeSynonyms,
  findRuleById,
  findSynonyms,
  listQueries,
  listRules,
  listSynonyms,
  type RuleTraits,
  removeRule,
  removeSynonyms,
} from '#commerce/browse'
import { invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem, sent } from '../http/wire.ts'
import {
  NewRuleWire,
  NewSynonymsWire,
  QueriesQuery,
  QueryPageWire,
  RuleChangesWire,
  RulePageWire,
  RuleWire,
  SynonymChangesWire,
  SynonymsPageWire,
  SynonymsWire,
  toQueryWire,
  toRuleChanges,
  toRuleWire,
  toSynonymsWire,
} from './search-staff.wire.ts'

const tags = ['search']
const access = 'staff'
const SYNONYMS = '/search/synonyms/'
const RULES = '/search/rules/'
const Listed = Type.Object(PageQuery)
const refusals = { 400: Problem, 401: Problem, 403: Problem }

export const searchStaffRoutes: Routes = (server, app) => {
  readSynonymsRoutes(server, app)
  writeSynonymsRoutes(server, app)
  readRulesRoutes(server, app)
  writeRulesRoutes(server, app)
  queriesRoute(server, app)
}

function readSynonymsRoutes(server: Server, app: App): void {
  server.get(
    SYNONYMS,
    {
      schema: {
        operationId: 'listSynonyms',
        tags,
        summary: 'Groups of words that mean the same',
        querystring: Listed,
        response: { 200: SynonymsPageWire, ...refusals, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      return toPage(request, app.config.PUBLIC_URL, wanted, await listSynonyms(app.db, wanted), toSynonymsWire)
    },
  )

  server.get(
    `${SYNONYMS}:id/`,
    {
      schema: {
        operationId: 'getSynonyms',
        tags,
        summary: 'One group of words',
        params: IdInPath,
        response: { 200: SynonymsWire, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const group = await findSynonyms(app.db, request.params.id)
      if (!group) throw missing('synonyms')
      return toSynonymsWire(group)
    },
  )
}

function writeSynonymsRoutes(server: Server, app: App): void {
  server.post(
    SYNONYMS,
    {
      schema: {
        operationId: 'addSynonyms',
        tags,
        summary: 'Add words that mean the same',
        body: NewSynonymsWire,
        response: { 201: SynonymsWire, ...refusals },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request, reply) => {
      const { words, one_way: isOneWay = false } = request.body
      return reply.code(201).send(toSynonymsWire(await addSynonyms(app, { words, isOneWay })))
    },
  )

  server.patch(
    `${SYNONYMS}:id/`,
    {
      schema: {
        operationId: 'changeSynonyms',
        tags,
        summary: 'Change what is sent of a group',
        params: IdInPath,
        body: SynonymChangesWire,
        response: { 200: SynonymsWire, ...refusals, 404: Problem },
      },
      config: { access, sqlBudget: 10 },
    },
    async (request) => {
      const { words, one_way: isOneWay } = request.body
      return toSynonymsWire(await changeSynonyms(app, request.params.id, sent({ words, isOneWay })))
    },
  )

  server.delete(
    `${SYNONYMS}:id/`,
    {
      schema: {
        operationId: 'removeSynonyms',
        tags,
        summary: 'Remove a group',
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request, reply) => {
      await removeSynonyms(app, request.params.id)
      return reply.code(204).send()
    },
  )
}

function readRulesRoutes(server: Server, app: App): void {
  server.get(
    RULES,
    {
      schema: {
        operationId: 'listSearchRules',
        tags,
        summary: 'What stands first or last where it is asked for',
        querystring: Listed,
        response: { 200: RulePageWire, ...refusals, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      return toPage(request, app.config.PUBLIC_URL, wanted, await listRules(app.db, wanted), toRuleWire)
    },
  )

  server.get(
    `${RULES}:id/`,
    {
      schema: {
        operationId: 'getSearchRule',
        tags,
        summary: 'One rule',
        params: IdInPath,
        response: { 200: RuleWire, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const rule = await findRuleById(app.db, request.params.id)
      if (!rule) throw missing('rule')
      return toRuleWire(rule)
    },
  )
}

function writeRulesRoutes(server: Server, app: App): void {
  server.post(
    RULES,
    {
      schema: {
        operationId: 'addSearchRule',
        tags,
        summary: 'Say what stands first or last where this is asked for',
        body: NewRuleWire,
        response: { 201: RuleWire, ...refusals },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const rule = { pinned: [], buriedIds: [], ...toRuleChanges(request.body) } as RuleTraits
      if (rule.pinned.length + rule.buriedIds.length === 0) throw invalidFields({ pinned: 'required' })
      return reply.code(201).send(toRuleWire(await addRule(app, rule)))
    },
  )

  server.patch(
    `${RULES}:id/`,
    {
      schema: {
        operationId: 'changeSearchRule',
        tags,
        summary: 'Change what is sent of a rule',
        params: IdInPath,
        body: RuleChangesWire,
        response: { 200: RuleWire, ...refusals, 404: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request) => toRuleWire(await changeRule(app, request.params.id, toRuleChanges(request.body))),
  )

  server.delete(
    `${RULES}:id/`,
    {
      schema: {
        operationId: 'removeSearchRule',
        tags,
        summary: 'Remove a rule',
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request, reply) => {
      await removeRule(app, request.params.id)
      return reply.code(204).send()
    },
  )
}

function queriesRoute(server: Server, app: App): void {
  server.get(
    '/search/queries/',
    {
      schema: {
        operationId: 'listSearchedQueries',
        tags,
        summary: 'What was asked for, most often first',
        querystring: QueriesQuery,
        response: { 200: QueryPageWire, ...refusals, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const { search } = request.query
      const filter = sent({ search, isFound: readFound(request.query.found) })
      return toPage(request, app.config.PUBLIC_URL, wanted, await listQueries(app.db, filter, wanted), toQueryWire)
    },
  )
}

function readFound(text: string | undefined): boolean | undefined {
  if (!text?.trim()) return undefined
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  throw invalidFields({ found: 'not_boolean' })
}
