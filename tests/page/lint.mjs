// ESLint on the scripts that are named: each finding is a line, and none is success. Run by tests/page/test_page.py.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

const [bundle, recommended, globals, ...files] = process.argv.slice(2), require = createRequire(import.meta.url);
const { Linter } = await import(pathToFileURL(bundle)), known = require(globals);
const OWN = {
  'no-shadow': 'error', 'no-var': 'error', 'prefer-const': 'error', eqeqeq: 'error', 'no-eval': 'error', 'no-implied-eval': 'error', 'no-new-func': 'error',
  'object-shorthand': 'error', 'prefer-template': 'error', semi: ['error', 'always'],
};
// what is written into outputs runs in whatever shows a notebook, so it is older JavaScript: a `catch` must name what it catches
const OLDER = { 'no-unused-vars': ['error', { caughtErrors: 'none' }] };
// where a script runs; the others are a page's
const PLACES = { 'sw.js': known.serviceworker, 'worker.js': known.worker };

let found = 0;
for (const file of files) {
  const isTest = file.endsWith('.mjs'), isPage = isTest || basename(dirname(file)) === 'page', source = readFileSync(file, 'utf8');
  const languageOptions = {
    ecmaVersion: 'latest', sourceType: isTest || /^(import|export) /m.test(source) ? 'module' : 'script',
    globals: isTest ? known.nodeBuiltin : PLACES[basename(file)] || known.browser,
  };
  const rules = { ...require(recommended).rules, ...(isPage ? OWN : OLDER) };
  for (const { line, column, ruleId, message } of new Linter().verify(source, { rules, languageOptions })) {
    console.log(`${basename(file)}:${line}:${column} ${message} (${ruleId})`);
    found++;
  }
}
process.exitCode = found ? 1 : 0;
