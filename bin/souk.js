#!/usr/bin/env node
// Starts Souk, or says what is missing. Plain JavaScript: an older Node cannot read src/main.ts, not even to be told so.
const NODE_MIN = 24

if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
  console.error(`Souk needs Node ${NODE_MIN} or newer, this is ${process.versions.node}.`)
  console.error(
    '`npm start` and `npm run souk -- COMMAND` bring their own on Linux and Windows; elsewhere, install one.',
  )
  process.exit(1)
}

await import('../src/main.ts')
