import { Option } from 'commander'
import type { Command as Program } from 'commander'
import { settingOptions } from './setting-options.js'
import type { SettingOption } from './setting-options.js'

/** The flags of all settings, for the program: commander accepts them before and after the name of a command. */
export function settingFlagOptions(): readonly Option[] {
  return settingOptions.flatMap(optionsOf).map((option) => option.hideHelp())
}

/** The list of settings for the end of the help, where the commands have been read already. */
export function settingFlagHelp(): string {
  const width = Math.max(...settingOptions.map((option) => flagOf(option).length))
  const lines = settingOptions.map((option) => `  ${flagOf(option).padEnd(width + 2)}${option.description}`)
  return ['Settings (a switch also has its --no- form):', ...lines].join('\n')
}

/** The settings that were given as flags, by their name in the environment; defaults are left to the agent. */
export function readSettingFlags(command: Program): Record<string, string> {
  const program = rootOf(command)
  const flags: Record<string, string> = {}
  for (const option of settingOptions) {
    const attribute = new Option(`--${option.name}`).attributeName()
    if (program.getOptionValueSource(attribute) !== 'cli') continue
    Object.assign(flags, settingsOf(option, String(program.getOptionValue(attribute))))
  }
  return flags
}

function settingsOf({ settings, expand }: SettingOption, value: string): Readonly<Record<string, string>> {
  return expand?.(value) ?? Object.fromEntries(settings.map((setting) => [setting, value]))
}

function optionsOf(option: SettingOption): readonly Option[] {
  const { name, value, negativeOnly } = option
  if (value !== undefined || negativeOnly === true) return [new Option(flagOf(option))]
  return [new Option(`--${name}`), new Option(`--no-${name}`)]
}

function flagOf({ name, value, negativeOnly }: SettingOption): string {
  if (value !== undefined) return `--${name} <${value}>`
  return negativeOnly === true ? `--no-${name}` : `--${name}`
}

function rootOf(command: Program): Program {
  return command.parent === null ? command : rootOf(command.parent)
}
