import { openAgent, withoutModel } from '../agent/open-agent.js'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { oneLine } from '../rendering/one-line.js'
import { checks } from './checks.js'
import type { Finding } from './checks.js'

/** Tries what the agent needs, one thing after the other; exit code 1 when something does not work. */
export async function runDoctor(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, input, signal } = context
  const settings = await readSettings(context)
  await using agent = await openAgent(context, withoutModel(settings))
  const findings: Finding[] = []
  for (const { name, check } of checks) {
    const finding = { name, ...(await check({ agent, settings, nodeVersion: input.nodeVersion, signal })) }
    findings.push(finding)
    if (options['json'] === true) continue
    const mark = finding.ok ? terminal.colors.green('ok  ') : terminal.colors.red('FAIL')
    await terminal.print(`${mark} ${name.padEnd(10)}${oneLine(finding.detail)}\n`)
  }
  const ok = findings.every((finding) => finding.ok)
  if (options['json'] === true) await terminal.printJson({ ok, checks: findings })
  return ok ? exitCodes.ok : exitCodes.failure
}
