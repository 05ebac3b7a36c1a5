import { measureCalls } from './latency.mjs';
import { print } from './report.mjs';
import { measureStart } from './start.mjs';

console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
print([...(await measureStart()), ...(await measureCalls())]);
