// Stands in for packages that the SDK imports and this server never uses: see `alias` in build.mjs.
export default undefined;
export const zodToJsonSchema = undefined;
