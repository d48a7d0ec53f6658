import type { Settings } from '@fsagent/agent'
import { openAgent, withoutModel } from '../agent/open-agent.js'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { oneLine } from '../rendering/one-line.js'
import { describeError } from '../report-error.js'
import { agentChecks, surroundingChecks } from './checks.js'
import type { Check, Finding } from './checks.js'

/** Tries what the agent needs, one thing after the other; exit code 1 when something does not work. */
export async function runDoctor(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, input } = context
  const settings = await readSettings(context)
  const findings = [
    ...(await runChecks(surroundingChecks, { settings, nodeVersion: input.nodeVersion })),
    ...(await examineAgent(context, settings)),
  ]
  const ok = findings.every((finding) => finding.ok)
  if (options['json'] === true) {
    await terminal.printJson({ ok, checks: findings })
  } else {
    for (const { name, detail, ok: works } of findings) {
      const mark = works ? terminal.colors.green('ok  ') : terminal.colors.red('FAIL')
      await terminal.print(`${mark} ${name.padEnd(10)}${oneLine(detail)}\n`)
    }
  }
  return ok ? exitCodes.ok : exitCodes.failure
}

/** An agent that cannot be opened is what a doctor is called for, so it is a finding like any other. */
async function examineAgent(context: CommandContext, settings: Settings): Promise<readonly Finding[]> {
  try {
    await using agent = await openAgent(context, withoutModel(settings))
    return await runChecks(agentChecks, { agent, signal: context.signal })
  } catch (error) {
    const { error: code, message } = describeError(error)
    return [{ name: 'agent', ok: false, detail: `${code}: ${message}` }]
  }
}

async function runChecks<Subject>(checks: readonly Check<Subject>[], subject: Subject): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const { name, check } of checks) findings.push({ name, ...(await check(subject)) })
  return findings
}
