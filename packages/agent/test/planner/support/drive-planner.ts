import type { LanguageModelV3, LanguageModelV3FunctionTool, LanguageModelV3Prompt } from '@ai-sdk/provider'
import { checkArguments } from '../../../src/tools/check-arguments.js'
import { toolNamed, tools } from '../../../src/tools/tool-table.js'

/** A tool call as the planner made it. */
export interface MadeCall {
  readonly tool: string
  readonly arguments: unknown
}

/** Answers one call of a scripted conversation with a tool result. */
export type AnswerCall = (call: MadeCall) => object

export const OFFERED: LanguageModelV3FunctionTool[] = tools.map(({ name }) => ({
  type: 'function',
  name,
  inputSchema: {},
}))

/** A failed tool result. */
export function failed(code: string): object {
  return {
    ok: false,
    text: '',
    data: null,
    truncated: false,
    shown: 0,
    total: 0,
    error: { code, message: 'It failed' },
  }
}

/** A tool result that worked. */
export function succeeded(text: string, data: object, total = 1): object {
  return { ok: true, text, data, truncated: false, shown: total, total, error: null }
}

/**
 * Lets the planner answer a question with scripted tool results, every call checked against the real tools' schemas.
 *
 * @throws ToolError when a call has arguments that the tool refuses
 */
export async function drive(
  planner: LanguageModelV3,
  question: string,
  answer: AnswerCall,
): Promise<{ readonly text: string; readonly steps: number; readonly calls: readonly MadeCall[] }> {
  const prompt: LanguageModelV3Prompt = [{ role: 'user', content: [{ type: 'text', text: question }] }]
  const made: MadeCall[] = []
  for (let steps = 1; steps <= 20; steps += 1) {
    const { content } = await planner.doGenerate({ prompt, tools: OFFERED })
    const calls = content.filter((part) => part.type === 'tool-call')
    if (calls.length === 0) {
      const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
      return { text, steps, calls: made }
    }
    for (const { toolName, input } of calls) checkArguments(toolNamed(toolName), JSON.parse(input))
    const inputs = calls.map((call): MadeCall => ({ tool: call.toolName, arguments: JSON.parse(call.input) }))
    made.push(...inputs)
    prompt.push(
      {
        role: 'assistant',
        content: calls.map(({ toolCallId, toolName }, index) => ({
          type: 'tool-call',
          toolCallId,
          toolName,
          input: inputs[index]?.arguments,
        })),
      },
      {
        role: 'tool',
        content: calls.map(({ toolCallId, toolName }, index) => ({
          type: 'tool-result',
          toolCallId,
          toolName,
          output: { type: 'text', value: JSON.stringify(answer(inputs[index] ?? { tool: toolName, arguments: {} })) },
        })),
      },
    )
  }
  throw new Error('The planner did not answer within twenty steps')
}
