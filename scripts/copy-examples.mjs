// Copies examples into the READMEs: after each `<!-- example: PATH -->` stands the file's text as a code block.
// With --check, changes nothing and fails where a README is behind.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const readmes = ['README.md', ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`)];
const MARK = /(<!-- example: (\S+) -->\n)(?:\n```ts\n[\s\S]*?\n```\n)?/g;

const behind = readmes.filter((path) => {
  const before = readFileSync(root + path, 'utf8');
  const after = before.replaceAll(MARK, (_, mark, example) => {
    const code = readFileSync(root + example, 'utf8').trimEnd();
    return `${mark}\n\`\`\`ts\n${code}\n\`\`\`\n`;
  });
  if (!process.argv.includes('--check')) writeFileSync(root + path, after);
  return after !== before;
});

if (process.argv.includes('--check') && behind.length > 0) {
  process.stderr.write(`${behind.join(', ')}: an example has changed; run \`npm run examples\`\n`);
  process.exit(1);
}
