/** Entry point of Fieldkit: prints what is left to do on a fresh visit. */

import { blockingSteps, STANDARD_STEPS } from './checklist.ts';

export const APP_NAME = 'Fieldkit';

export function greeting(technician: string): string {
  const open = blockingSteps(STANDARD_STEPS).length;
  return `${APP_NAME}: good morning ${technician}, ${open} mandatory steps are waiting.`;
}

// TODO(bram): read the technician's name from the tablet profile
console.log(greeting('technician'));
