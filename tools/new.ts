import { fileURLToPath } from 'node:url';
import { isKind, kinds, newModule } from './new-module.ts';

const [kind, id] = process.argv.slice(2);
if (!isKind(kind) || id === undefined) {
  console.error(`usage: npm run new -- KIND ID\n  KIND is one of ${Object.keys(kinds).join(', ')}; ID is kebab-case, e.g. go-binary`);
  process.exitCode = 64;
} else {
  try {
    for (const file of newModule(fileURLToPath(new URL('..', import.meta.url)), kind, id)) console.log(file);
    console.log('The new test fails: make it pass. Where the order in the registry matters, move the line to its place.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
