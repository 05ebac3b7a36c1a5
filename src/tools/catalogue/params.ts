import * as z from 'zod';
import { jsonObject } from '../params.ts';

/** Arguments that the callers share. Objects with free names are listed as JSON text; an object is taken, too. */
export const requestInput = {
  operation: z.string().min(3).describe('As find_operations writes it: GET /assets/v1/assets/{asset_id}/.'),
  path: jsonObject.optional().describe('JSON: {"asset_id": "…"}.'),
  query: jsonObject.optional().describe('JSON: {"per_page": 50}.'),
  body: jsonObject.optional().describe('JSON object.'),
};
