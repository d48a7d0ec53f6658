import { visibleControls } from './visible-controls.js'

/** Puts a message on one line, without anything that could steer a terminal. */
export function oneLine(text: string): string {
  return visibleControls(text.trim().replaceAll(/\s*[\r\n]+\s*/g, ' '))
}
