import pg from 'pg'
import { migrate } from '../src/platform/database/index.ts'
import { insertCatalogue } from '../benchmarks/catalogue.queries.ts'
const [, , name, count] = process.argv
const admin = new pg.Client('postgres://postgres@127.0.0.1:5432/postgres'); await admin.connect()
await admin.query(`drop database if exists ${name} with (force)`)
await admin.query(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`)
await admin.end()
const url = `postgres://postgres@127.0.0.1:5432/${name}`
await migrate(url)
const client = new pg.Client(url); await client.connect()
const began = Date.now()
if (Number(count) > 0) await insertCatalogue(client, Number(count))
else await client.query(`insert into catalog.categories (id, path, name, slug, code) select i, array[i], 'Category '||i, 'category-'||i, 'category-'||i from generate_series(1,248) i`)
console.log('made in', (Date.now() - began)/1000, 's')
await client.query('vacuum analyze')
console.log('analyzed', (Date.now() - began)/1000, 's')
await client.end()
