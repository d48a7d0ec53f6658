import { scriptedModel } from '@fsagent/testing'
import type { ScriptedModel, ScriptedStep } from '@fsagent/testing'

/** A model that thinks until it is told what to answer, or until its turn is aborted. */
export interface WaitingModel {
  readonly model: ScriptedModel
  /** The signal of the turn, once the model was asked. */
  readonly asked: Promise<AbortSignal>
  release(text: string): void
}

/** Makes a model that can be asked once. */
export function waitingModel(): WaitingModel {
  let tellAsked: (signal: AbortSignal) => void = () => {}
  let release: (text: string) => void = () => {}
  const asked = new Promise<AbortSignal>((resolve) => {
    tellAsked = resolve
  })
  const wait = async (signal: AbortSignal): Promise<ScriptedStep> =>
    new Promise((resolve, reject) => {
      release = (text) => resolve({ text })
      signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')), { once: true })
      tellAsked(signal)
    })
  return {
    model: scriptedModel([async ({ abortSignal = new AbortController().signal }) => wait(abortSignal)]),
    asked,
    release: (text) => release(text),
  }
}
