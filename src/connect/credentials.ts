import { type Account, ConfigError, credential } from '../config/index.ts';
import type { Terminal } from './terminal.ts';

/** Both credentials, typed by a person and not shown. Rejects with `Cancelled` where the person leaves. */
export async function askForAccount(terminal: Terminal, baseUrl: string): Promise<Account> {
  terminal.write(
    'Iconik: Admin > Settings > Application Tokens has the App ID, and shows a token once. What you paste is not shown.\n',
  );
  const appId = await valid(terminal, 'App ID: ', 'The App ID');
  const authToken = await valid(terminal, 'Token: ', 'The token');
  return { appId, authToken, baseUrl };
}

async function valid(terminal: Terminal, question: string, name: string): Promise<string> {
  for (;;) {
    try {
      return credential(name, await terminal.askHidden(question));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      terminal.write(`${name} has at least 8 characters, none of them a blank.\n`);
    }
  }
}
