/** Warning levels and the channels they use. */

export type Channel = 'email' | 'text' | 'siren';

export interface Level {
  readonly name: 'yellow' | 'orange' | 'red';
  readonly surgeMetres: number;
  readonly channels: readonly Channel[];
}

/** Highest level first, so that the first match is the right one. */
export const LEVELS: readonly Level[] = [
  { name: 'red', surgeMetres: 1.0, channels: ['email', 'text', 'siren'] },
  { name: 'orange', surgeMetres: 0.6, channels: ['email', 'text'] },
  { name: 'yellow', surgeMetres: 0.3, channels: ['email'] },
];

export function levelFor(surgeMetres: number): Level | undefined {
  return LEVELS.find((level) => surgeMetres >= level.surgeMetres);
}
