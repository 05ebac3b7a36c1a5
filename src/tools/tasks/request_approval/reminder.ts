import { firstOf } from '../../../text/english.ts';
import { askedOn, contactsFor, outstanding, type Request, requestLabel } from '../../library/approvals.ts';
import type { Context } from '../../types.ts';

/** Assets and guests that a reminder names. */
export const MAX_NAMED = 5;

/** Whom requests wait on, with addresses and a line to send: no operation of Iconik's reminds anybody. */
export async function reminderNotes(context: Context, waiting: readonly Request[], again: boolean): Promise<string[]> {
  if (waiting.length === 0) return [];
  const guests = new Set(waiting.flatMap(outstanding).filter((one) => one.includes('@')));
  const contact = [...(await contactsFor(context, waiting)), ...guests];
  const about = firstOf(waiting, MAX_NAMED, (one) => {
    const date = askedOn(one);
    return `${requestLabel(one)}${date ? ` (asked ${date})` : ''}`;
  });
  const how = again ? '' : ' With again: true the plan asks anew where nobody has answered; otherwise write to them.';
  return [
    ...(contact.length > 0
      ? [
          `Not answered yet: ${firstOf(contact, MAX_CONTACTS)}. A line to send: "Please approve or reject in Iconik: ${about}."`,
        ]
      : []),
    `Iconik sends no reminder.${how}`,
  ];
}

const MAX_CONTACTS = 10;
