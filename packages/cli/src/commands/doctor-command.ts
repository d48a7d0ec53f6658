import type { LeafCommand } from '../command.js'

/** `fs-agent doctor`: checks that what the agent needs is there. */
export const doctorCommand: LeafCommand = {
  name: 'doctor',
  summary: 'check that what the agent needs is there and works',
  arguments: [],
  options: [{ notation: '--json', description: 'print the checks as JSON' }],
  examples: ['fs-agent doctor'],
  run: async (context) => {
    const { runDoctor } = await import('../doctor/run-doctor.js')
    return runDoctor(context)
  },
}
