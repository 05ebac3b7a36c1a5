import * as z from 'zod';
import { isBlank } from '../../../text/trim.ts';
import { task } from '../../define.ts';
import { MAX_PERSON_NAME } from '../../operations/persons.ts';
import { integer, strings } from '../../params.ts';
import { outOfTime } from '../../run/notes.ts';
import { type AnalysisPlan, analysisOf, startAnalysis } from './analysis.ts';
import { type NamePlan, namePlanOf } from './plan.ts';
import { writeNames } from './write.ts';

/** Lines of a report. */
const MAX_LINES = 50;

export const name_people = task({
  title: 'Name faces, start face recognition',
  description:
    'Name a face that find_people found, correct who it is in some assets, confirm finds, or start face recognition, which costs money. A plan comes first.',
  effect: 'update',
  outbound: true,
  idempotent: true,
  roles: [
    'can_read_person',
    'can_edit_person',
    'can_add_person',
    'can_delete_person',
    'can_trigger_face_recognition',
    'can_search',
  ],
  input: {
    person: z.string().min(1).optional().describe('Name, or id of a face without one.'),
    name: z.string().min(1).optional().describe('Who it is.'),
    verify: z.boolean().optional().describe('Confirm finds.'),
    analyse: z.boolean().optional().describe('Start recognition.'),
    assets: z.array(z.string().min(1)).optional().describe('Only in these.'),
    collection: z.string().optional().describe('Only in it.'),
    selection: z.string().optional().describe('Only in it.'),
  },
  output: {
    changed: strings,
    started: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    notes: strings,
  },
  validate: ({ person, name, verify = false, analyse = false, ...targets }) => {
    const places = [targets.assets, targets.collection, targets.selection].filter((one) => one !== undefined).length;
    if (places > 1) return 'Name the assets in one way: assets, selection or collection.';
    if (analyse) {
      if (person !== undefined || name !== undefined || verify)
        return 'analyse goes alone, with assets, selection or collection.';
      return places === 0 ? 'analyse needs assets, selection or collection.' : undefined;
    }
    if (name !== undefined && (isBlank(name) || name.length > MAX_PERSON_NAME))
      return `name: 1 to ${MAX_PERSON_NAME} characters.`;
    if (person === undefined) return 'Say whose face it is about in person, or analyse.';
    return name === undefined && !verify ? 'Say what changes: name or verify.' : undefined;
  },
  preview: async ({ person = '', name, verify = false, analyse = false, assets, collection, selection }, context) => {
    const targets = { assets, collection, selection };
    if (analyse) {
      const { plan, preview } = await analysisOf(context, targets);
      return { preview, plan: plan as Plan, touches: plan.ids, skipConfirm: plan.ids.length === 0 };
    }
    const { plan, preview } = await namePlanOf(context, {
      person,
      name: name?.replace(/\s+/g, ' ').trim(),
      verify,
      targets,
    });
    const isNothing = !plan.rename && plan.moved.length + plan.confirmed.length === 0;
    return {
      preview,
      plan: plan as Plan,
      touches: [plan.person.id, ...(plan.to?.id ? [plan.to.id] : [])],
      skipConfirm: isNothing,
    };
  },
  run: async (_, context, plan: Plan) => {
    if (plan.kind === 'analysis') return startAnalysis(context, plan);
    const { changed, failed, unconfirmed, remaining } = await writeNames(context, plan);
    return {
      ...(changed.length > 0 && { changed: changed.slice(0, MAX_LINES) }),
      ...(failed.length > 0 && { failed: failed.slice(0, MAX_LINES) }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.slice(0, MAX_LINES) }),
      ...(remaining > 0 && { remaining }),
      notes: [
        changed.length + failed.length + unconfirmed.length === 0
          ? 'Nothing to change.'
          : `Done: ${changed.length}. Search follows in some seconds.`,
        ...(remaining > 0 ? [outOfTime(remaining)] : []),
      ],
    };
  },
});

type Plan = NamePlan | AnalysisPlan;
