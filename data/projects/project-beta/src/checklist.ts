/** The steps of a service visit, and when the visit may be closed. */

export type StepState = 'open' | 'done' | 'skipped';

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly mandatory: boolean;
  readonly state: StepState;
}

/** The standard visit, in the order in which it is done on site. */
export const STANDARD_STEPS: readonly Step[] = [
  { id: 'arrive', title: 'Photograph the hut on arrival', mandatory: true, state: 'open' },
  { id: 'hand', title: 'Take three hand readings', mandatory: true, state: 'open' },
  { id: 'battery', title: 'Measure the battery under load', mandatory: true, state: 'open' },
  { id: 'clean', title: 'Clean the stilling well', mandatory: false, state: 'open' },
  { id: 'lock', title: 'Lock the hut and photograph the seal', mandatory: true, state: 'open' },
];

export function mark(steps: readonly Step[], id: string, state: StepState): Step[] {
  return steps.map((step) => (step.id === id ? { ...step, state } : step));
}

/** Mandatory steps that still keep the visit from being closed. */
export function blockingSteps(steps: readonly Step[]): Step[] {
  return steps.filter((step) => step.mandatory && step.state !== 'done');
}

export function canClose(steps: readonly Step[]): boolean {
  return blockingSteps(steps).length === 0;
}

// TODO(priya): let a supervisor waive a mandatory step, with a reason
