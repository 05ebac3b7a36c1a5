import * as z from 'zod';
import { loadCatalogue } from '../../catalogue/index.ts';
import { task } from '../define.ts';
import { strings } from '../params.ts';
import { shownAnswer } from './answer.ts';
import { type ChangePlan, planOf } from './change_plan.ts';
import { requestInput } from './params.ts';
import { operationRow, withMissing, withRolesOf } from './request.ts';

export const change_operation = task({
  title: 'Change with any operation',
  description:
    'Call an operation of Iconik that changes something and that no other tool covers; find_operations finds it. Deleting, sharing, exporting, mailing and changing access first return a preview and a confirm token. Purging and sign-in are refused.',
  effect: 'update',
  outbound: true,
  idempotent: false,
  roles: ['can_write_assets'],
  input: requestInput,
  output: { answer: z.any().optional(), notes: strings },
  preview: async ({ operation, ...given }, context) => planOf(context, await loadCatalogue(), operation, given),
  run: async (_, context, { parts, operation, capability }: ChangePlan) => {
    const row = operationRow(await loadCatalogue(), operation);
    const { body, status } = await context
      .call(parts, { signal: context.signal })
      .catch(withMissing(context, parts))
      .catch(withRolesOf(row));
    const answer = shownAnswer(body, { urls: capability, uploads: true });
    return { answer: answer ?? `Iconik took it (HTTP ${status}) and answered with nothing.` };
  },
});
