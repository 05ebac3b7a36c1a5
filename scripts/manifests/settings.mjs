/** What a person fills in, whatever the host; `name` is the environment variable that it becomes. */
export const SETTINGS = [
  {
    name: 'ICONIK_APP_ID',
    key: 'app_id',
    title: 'App ID',
    description: 'Iconik: Admin > Settings > Application Tokens. The App ID of the application that you add there.',
    secret: true,
  },
  {
    name: 'ICONIK_AUTH_TOKEN',
    key: 'auth_token',
    title: 'Token',
    description: 'The token of that application. Iconik shows it once. It acts with the rights of its user.',
    secret: true,
  },
  {
    name: 'ICONIK_BASE_URL',
    key: 'base_url',
    title: 'Address of Iconik',
    description: 'Change it only if your company has an address of its own.',
    default: 'https://app.iconik.io',
  },
];

/** `ICONIK_APP_ID` → `${user_config.app_id}` and so on, as bundles and plugins fill it in. */
export const filledIn = Object.fromEntries(SETTINGS.map(({ name, key }) => [name, `\${user_config.${key}}`]));

/** The fields of a form for them, as bundles and plugins ask. */
export const formFields = Object.fromEntries(
  SETTINGS.map(({ key, title, description, secret = false, default: preset }) => [
    key,
    {
      type: 'string',
      title,
      description,
      ...(secret ? { required: true, sensitive: true } : { required: false, default: preset }),
    },
  ]),
);
