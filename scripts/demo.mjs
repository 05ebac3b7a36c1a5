import { DemoFailed, heading, startHost } from './demo/host.mjs';
import { operations } from './demo/operations.mjs';
import { requests } from './demo/requests.mjs';

const host = await startHost();
console.log('iconik-mcp in its own made-up archive: no account, and nothing leaves this machine.');
try {
  heading('What people ask');
  await requests(host);
  heading('The documented operations, one tool each');
  await operations(host);
  console.log('\nEverything written was read back and is right.');
} catch (error) {
  if (!(error instanceof DemoFailed)) console.error(error);
  const problems = host.log().replaceAll(/^.*"audit":true.*\n/gm, '');
  if (problems) console.error(`\nThe server wrote:\n${problems}`);
  process.exitCode = 1;
} finally {
  await host.close();
}
