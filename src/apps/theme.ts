import './theme.css';
import type { HostContext } from './bridge.ts';

/** Takes on the theme of the host: light or dark, its colours and its fonts. */
export function dress({ theme, styles }: HostContext): void {
  const { style } = document.documentElement;
  if (theme) style.colorScheme = theme;
  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (name.startsWith('--') && value !== undefined) style.setProperty(name, value);
  }
}
