import { listModels } from '@fsagent/agent'
import type { ModelListing } from '@fsagent/agent'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { oneLine } from '../rendering/one-line.js'
import type { Terminal } from '../terminal.js'

/** Prints every provider with the model that it would ask; exit code 5 when the one that is chosen cannot answer. */
export async function runModels(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context
  const models = listModels(await readSettings(context))
  if (options['json'] === true) await terminal.printJson({ models: models.map(documentOf) })
  else for (const model of models) await terminal.print(`${lineOf(model, terminal)}\n`)
  return models.some(({ chosen, configured }) => chosen && !configured) ? exitCodes.model : exitCodes.ok
}

/** With the names that JSON documents of the product use. */
function documentOf({ modelId, ...model }: ModelListing): object {
  return { ...model, model_id: modelId }
}

function lineOf(model: ModelListing, { colors }: Terminal): string {
  const { provider, modelId, reason, missing, chosen, configured, address } = model
  const mark = chosen ? '*' : ' '
  const place = address === null ? '' : ` at ${address}`
  const needed = chosen && missing.length > 0 ? `; ${missing.join(' and ')} is not set` : ''
  const line = oneLine(`${provider.padEnd(18)} ${modelId ?? '(no model)'}${place}: ${reason}${needed}`)
  if (chosen) return `${mark} ${configured ? colors.green(line) : colors.red(line)}`
  return `${mark} ${configured ? line : colors.dim(line)}`
}
