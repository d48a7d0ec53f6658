import type { LeafCommand } from '../command.js'

/** `fs-agent models`: shows which model answers, and why that one. */
export const modelsCommand: LeafCommand = {
  name: 'models',
  summary: 'show which models are configured, which one answers, and why',
  details: 'Looks at the settings only: no model is asked, and no key is shown.',
  arguments: [],
  options: [{ notation: '--json', description: 'print the listing as JSON' }],
  examples: ['fs-agent models', 'fs-agent models --model anthropic'],
  run: async (context) => {
    const { runModels } = await import('../models/run-models.js')
    return runModels(context)
  },
}
