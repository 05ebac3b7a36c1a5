// What the person of the demo says, and what a model would make of it. Of `host`, `show` calls a tool, shows its answer with
// its page, and returns its structured content; `chosen` is the selection that the person made in a page, `plan` the
// confirm token of a plan that nobody has answered.

const TURNS = [
  {
    says: 'Which interviews do we have with Jordan Reyes?',
    async plays({ show }) {
      const { total } = await show('find_assets', { words: 'Jordan Reyes interview' });
      return `${total} assets. Choose some, with the mouse or with arrow keys and space: the model gets to know which.`;
    },
  },
  {
    isLeftOut: ({ chosen }) => !chosen,
    says: 'Put what I chose into a new collection, Favourites.',
    async plays({ show, chosen }) {
      const args = { selection: chosen, into: 'Favourites', create_collection: true };
      const { status, summary } = await show('collect_assets', args);
      return status === 'preview' ? summary : 'Done, and read back.';
    },
  },
  {
    says: 'Open the interview in Lisbon with the comments on it.',
    async plays({ show }) {
      const { total, open } = await show('read_notes', { asset: 'Interview Jordan Reyes, Lisbon' });
      return `${total} comments, ${open} of them open.`;
    },
  },
  {
    says: 'What still waits for clearance? Set all of it to Cleared.',
    async plays({ show }) {
      const { selection, total } = await show('find_assets', { where: { Clearance: 'Pending' } });
      if (total === 0)
        return 'Nothing does: it was all cleared before, and the library stays as it is until you stop it.';
      const { summary } = await show('set_metadata', { selection, values: { Clearance: 'Cleared' } });
      return `${summary} Nothing has changed yet: shall I?`;
    },
  },
];

const YES = {
  says: 'Yes.',
  async plays({ show, plan }) {
    const { tool, confirm } = plan;
    const { changed, notes = [] } = await show(tool, { confirm });
    return [...(changed === undefined ? [] : [`${changed} changed.`]), ...notes].join(' ');
  },
};

/** What the person says next, which depends on what happened in the pages; `undefined` at the end. A plan is answered first. */
export function createScript() {
  let next = 0;
  const indexFor = (host) => {
    const index = TURNS.slice(next).findIndex(({ isLeftOut }) => !isLeftOut?.(host));
    return index < 0 ? TURNS.length : next + index;
  };
  return {
    peek: (host) => (host.plan ? YES : TURNS[indexFor(host)]),
    take(host) {
      if (host.plan) return YES;
      next = indexFor(host) + 1;
      return TURNS[next - 1];
    },
  };
}
