/** `.env.example` and `docs/configuration.md`, written from the table of variables in `src/config.ts`. */
import { variables } from '../src/config.ts'

/** File names, from the root of the project, and contents. */
export function describeConfiguration(): Record<string, string> {
  const table = Object.entries(variables)
  return {
    '.env.example': [
      '# Copy to .env and change what differs from the defaults. Written from src/config.ts by `npm run golden`.',
      ...table.map(([name, { fallback, meaning }]) => `\n# ${meaning}\n# ${name}=${fallback}`),
      '',
    ].join('\n'),
    'docs/configuration.md': [
      '# Configuration',
      '',
      'Souk reads environment variables once, at start; a `.env` file in the folder it is started from is read too.',
      'A value of the wrong kind, and in production a missing secret, ends the start with a sentence that names it.',
      '',
      '| variable | default | meaning |',
      '|---|---|---|',
      ...table.map(
        ([name, { fallback, meaning }]) => `| \`${name}\` | ${fallback ? `\`${fallback}\`` : ''} | ${cell(meaning)} |`,
      ),
      '',
    ].join('\n'),
  }
}

const cell = (text: string) => text.replaceAll('|', '\\|')
