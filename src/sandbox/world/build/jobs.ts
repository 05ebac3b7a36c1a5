import type { Row } from '../../types.ts';
import { ids } from './ids.ts';

/** A job about one asset, with nothing to tell but what `more` adds. */
export const jobRow = (asset: string, more: Row): Row => ({
  custom_type: null,
  object_type: 'assets',
  object_id: asset,
  related_objects: [{ object_id: asset, object_type: 'assets' }],
  parent_id: null,
  has_children: false,
  children_progress: {},
  priority: 5,
  created_by: ids.me,
  message: '',
  error_message: '',
  metadata: {},
  job_context: {},
  action_context: {},
  steps: [],
  ...more,
});
