export type { AgentEvent } from './agent-event.js'
export { AgentError, type AgentErrorCode } from './agent-error.js'
export type { CalledTool, ChatResult, Citation, FinishReason, TokenUsage } from './chat-result.js'
export {
  parseSettings,
  type ParsedSettings,
  type SettingsSources,
  type SettingsWarning,
} from './settings/parse-settings.js'
export type { Setting } from './settings/setting.js'
export { SettingsError, type SettingsErrorCode, type SettingsProblem } from './settings/settings-error.js'
export { settingNames, settingsTable, type SettingName, type Settings } from './settings/settings-table.js'
export type { StatisticsDocument } from './statistics.js'
export type { ToolCacheReport, ToolCall, ToolDefinition, ToolFailure, ToolResult } from './tools/tool-result.js'
