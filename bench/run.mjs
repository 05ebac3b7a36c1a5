import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBulk } from './bulk.mjs';
import { measureCalls } from './calls.mjs';
import { measureCatalogue } from './catalogue.mjs';
import { measureHttp } from './http.mjs';
import { measureList } from './list.mjs';
import { measureMemory } from './memory.mjs';
import { measurePaced } from './paced.mjs';
import { print } from './report.mjs';
import { measureStart } from './start.mjs';

const { values } = parseArgs({ options: { 'skip-paced': { type: 'boolean' } } });
const [{ model } = { model: 'unknown' }] = cpus();
console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} x ${model}\n`);
print([
  ...(await measureStart()),
  ...(await measureCalls()),
  ...(await measureMemory()),
  ...(await measureHttp()),
  ...(await measureList()),
  ...(await measureBulk()),
  ...(await measureCatalogue()),
  // Takes most of a minute.
  ...(values['skip-paced'] ? [] : await measurePaced()),
]);
