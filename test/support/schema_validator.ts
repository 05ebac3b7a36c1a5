import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import * as z from 'zod';
import { registry } from '../../src/tools/index.ts';

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

const DIGITS = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$' };
const outputs = new Map<string, z.core.JSONSchema.BaseSchema>();

/** The JSON schema of what a tool answers. A number that no double holds comes as the text of its digits. */
function outputOf(name: string): z.core.JSONSchema.BaseSchema | undefined {
  const { tool } = registry.get(name) ?? {};
  if (!tool) return undefined;
  const schema =
    outputs.get(name) ??
    z.toJSONSchema(tool.output, {
      io: 'input',
      unrepresentable: 'any',
      override({ jsonSchema }) {
        const { type, ...rest } = jsonSchema;
        if (type !== 'integer' && type !== 'number') return;
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, { anyOf: [{ type, ...rest }, DIGITS] });
      },
    });
  outputs.set(name, schema);
  return schema;
}

/** In what a structured answer is not what the tool says that it answers. */
export function faultOfAnswer(name: string, answer: unknown): string | undefined {
  const schema = answer === undefined ? undefined : outputOf(name);
  return schema && schemaValidator.getValidator(schema as never)(answer).errorMessage;
}
