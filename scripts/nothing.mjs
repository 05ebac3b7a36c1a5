// Stands in for packages that the SDKs import and this server never uses: see `alias` in build.mjs.
export default undefined;
export const zodToJsonSchema = undefined;
export const DefaultJsonSchemaValidator = undefined;
export const process = undefined;
