import { AgentError } from '../agent-error.js'
import type { ModelFailure } from '../models/model-failure.js'
import { sliceWhole } from '../output/cut-line.js'

/** The model that was asked, and what must not get into a message. */
export interface AskedModel {
  readonly name: string
  readonly secrets: readonly string[]
}

/** Longest reason of a provider that is passed on, in UTF-16 units: some answer with whole web pages. */
const longestReason = 1000

/** Gives what a caller gets to see when the model did not answer; the provider's own error is its cause. */
export function modelError(failure: ModelFailure, model: AskedModel, cause: unknown): AgentError {
  const { status, code, reason } = failure
  const prefix = status === undefined ? '' : `HTTP ${status}: `
  const text = sliceWhole(withoutSecrets(reason, model.secrets), longestReason)
  return new AgentError(code, `Cannot get answer from model "${model.name}": ${prefix}${text}`, { cause })
}

/** Gives the error for a model that stayed silent. */
export function timeoutError({ name }: AskedModel, milliseconds: number, cause: unknown): AgentError {
  const message = `Cannot get answer from model "${name}": it was silent for ${milliseconds / 1000} seconds`
  return new AgentError('AGENT_MODEL_TIMEOUT', message, { cause })
}

/** Gives the error for a turn that its caller ended. */
export function abortError(cause: unknown): AgentError {
  return new AgentError('AGENT_ABORTED', 'Cannot finish turn: it was aborted', { cause })
}

/** Some servers repeat the key that they refuse. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '(secret)'), text)
}
