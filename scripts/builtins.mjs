import { builtinModules } from 'node:module';

/**
 * For packages in CommonJS that need modules of Node: an ES module has no `require`, so theirs become imports. A module that is
 * a function, as `assert` is, has to be called by that name.
 */
export const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    const names = new RegExp(`^(node:)?(${builtinModules.filter((name) => /^[\w/]+$/.test(name)).join('|')})$`);
    onResolve({ filter: names }, ({ kind, path }) =>
      kind === 'require-call' ? { path: path.replace(/^node:/, ''), namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `export * from 'node:${path}'; export { default } from 'node:${path}';`,
    }));
  },
};
