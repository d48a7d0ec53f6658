export type { AgentEvent } from './agent-event.js'
export { AgentError, type AgentErrorCode } from './agent-error.js'
export type { AgentModel, AgentOptions, AgentWarning } from './agent-options.js'
export type { Agent, ChatOptions } from './agent.js'
export { chatDocument } from './chat-document.js'
export type { CacheOutcomes, CalledTool, ChatResult, Citation, FinishReason, TokenUsage } from './chat-result.js'
export { createAgent } from './create-agent.js'
export { createAgentWithFallback } from './create-agent-with-fallback.js'
export { chooseModel, listModels, type ModelChoice, type ModelListing } from './models/choose-model.js'
export type { ProviderName } from './models/model-provider.js'
export { createPlanner } from './models/lazy-planner.js'
export type { PlannerOptions } from './planner/create-planner.js'
export type {
  SessionDocument,
  SessionMessage,
  SessionSummary,
  SessionToolCall,
  SessionToolResult,
} from './sessions/session-document.js'
export {
  parseSettings,
  type ParsedSettings,
  type SettingsSources,
  type SettingsWarning,
} from './settings/parse-settings.js'
export { readDotenv } from './settings/read-dotenv.js'
export { workingDirectoryOf } from './settings/working-directory.js'
export type { Setting } from './settings/setting.js'
export { SettingsError, type SettingsErrorCode, type SettingsProblem } from './settings/settings-error.js'
export { settingNames, settingsTable, type SettingName, type Settings } from './settings/settings-table.js'
export { shouldUseNewCache } from './should-use-new-cache.js'
export type { DisabledStatistics, OldCacheStatistics, StatisticsDocument } from './statistics.js'
export type { ToolCacheReport, ToolCall, ToolDefinition, ToolFailure, ToolResult } from './tools/tool-result.js'
export { splitNotice } from './output/notice.js'
export { toolDefinitions } from './tools/tool-table.js'
