/** Checks of the visit checklist; run with `node --test checks/`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockingSteps, canClose, mark, STANDARD_STEPS } from '../src/checklist.ts';

test('a fresh visit cannot be closed', () => {
  assert.equal(canClose(STANDARD_STEPS), false);
  assert.equal(blockingSteps(STANDARD_STEPS).length, 4);
});

test('the optional cleaning step does not block', () => {
  let steps = [...STANDARD_STEPS];
  for (const id of ['arrive', 'hand', 'battery', 'lock']) steps = mark(steps, id, 'done');
  assert.equal(canClose(steps), true);
});
