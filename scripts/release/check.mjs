// What has to be true before a version is published.

/** `## [1.2.3] - 2027-01-31` and the lines below it, until the next version. */
const sectionOf = (changelog, version) =>
  changelog.split(/^## /m).find((section) => section.startsWith(`[${version}] - `) && DATED.test(section));
const DATED = /^\[[^\]]+\] - \d{4}-\d\d-\d\d$/m;

/** What the changelog says of a version, without its heading. `undefined` where it has no date. */
export const notesOf = (changelog, version) => sectionOf(changelog, version)?.split('\n').slice(1).join('\n').trim();

/** Whoever can log in under the address of the repository may publish under this name in the MCP registry. */
export function registryName({ name, repository }) {
  const { hostname, pathname } = new URL(repository.url.replace(/^git\+/, ''));
  const [owner] = pathname.slice(1).split('/');
  const space = hostname === 'github.com' ? `io.github.${owner}` : hostname.split('.').reverse().join('.');
  return `${space}/${name}`;
}

/** A sentence for each thing that is wrong with the release `tag` of the package `own`. */
export function problemsOf({ own, changelog, tag }) {
  const { name, version, mcpName, repository, homepage, bugs } = own;
  const placeholders = [repository.url, homepage, bugs.url].filter((address) =>
    /(^|\.)example\.(com|org|net)$/.test(new URL(address.replace(/^git\+/, '')).hostname),
  );
  return [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, but package.json has version ${version}: tag v${version}.`]),
    ...(notesOf(changelog, version)
      ? []
      : [`CHANGELOG.md has no section "[${version}] - YYYY-MM-DD" with what is new in it.`]),
    ...placeholders.map((address) => `package.json has a placeholder as an address: ${address}.`),
    ...(mcpName === registryName(own)
      ? []
      : [`mcpName in package.json is ${mcpName}; for this repository it is ${registryName(own)}.`]),
    ...(own.private ? [`package.json marks ${name} as private.`] : []),
  ];
}
