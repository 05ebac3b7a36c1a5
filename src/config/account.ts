import { ConfigError, credential, originOf, TRY } from './checks.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** One Iconik and whoever asks it. */
export interface Account {
  readonly appId: string;
  readonly authToken: string;
  readonly baseUrl: string;
}

/** Whether at least one of the two credentials is set. */
export const credentialsIn = (env: Env): boolean => Boolean(env.ICONIK_APP_ID?.trim() || env.ICONIK_AUTH_TOKEN?.trim());

/** Throws `ConfigError`. */
export const baseUrlIn = (env: Env): string =>
  originOf(
    'ICONIK_BASE_URL',
    env.ICONIK_BASE_URL?.trim() || 'https://app.iconik.io',
    `give scheme and host, e.g. https://app.iconik.io. ${TRY}`,
  );

/** The account of the environment. Throws `ConfigError`. */
export function accountIn(env: Env): Account {
  const missing = ['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN'].filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    throw new ConfigError(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. Create a token in Iconik (Admin > Settings > Application Tokens). ${TRY}`,
    );
  }
  return {
    appId: credential('ICONIK_APP_ID', env.ICONIK_APP_ID),
    authToken: credential('ICONIK_AUTH_TOKEN', env.ICONIK_AUTH_TOKEN),
    baseUrl: baseUrlIn(env),
  };
}
