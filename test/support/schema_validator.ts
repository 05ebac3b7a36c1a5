import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';

const ajv = new AjvJsonSchemaValidator();
const compiled = new Map<string, JsonSchemaValidator<unknown>>();

/** The SDK's own check of structured answers; every schema is compiled once in a process. */
export const schemaValidator: jsonSchemaValidator = {
  getValidator<T>(schema: Parameters<jsonSchemaValidator['getValidator']>[0]) {
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.getValidator(schema);
    compiled.set(key, validate);
    return validate as JsonSchemaValidator<T>;
  },
};
