import { z } from 'zod'
import type { ToolDefinition } from '@fsagent/agent'

/** One parameter of a tool, as its JSON schema describes it. */
export interface ToolParameter {
  /** In snake_case. */
  readonly name: string
  readonly kind: 'text' | 'number' | 'switch'
  /** Takes several values. */
  readonly repeatable: boolean
  readonly required: boolean
  readonly choices: readonly string[] | undefined
  readonly defaultValue: unknown
  readonly description: string
}

const typeSchema = z.object({ type: z.string().optional() })
const propertySchema = typeSchema.extend({
  enum: z.array(z.string()).optional(),
  anyOf: z.array(typeSchema).optional(),
  items: typeSchema.optional(),
  default: z.unknown().optional(),
  description: z.string().default(''),
})
const parametersSchema = z.object({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
})

/** Gives the parameters of a tool in the order of its schema. */
export function toolParameters({ parameters }: ToolDefinition): readonly ToolParameter[] {
  const { properties, required } = parametersSchema.parse(parameters)
  return Object.entries(properties).map(([name, property]) => {
    const types = new Set([property.type, ...(property.anyOf ?? []).map(({ type }) => type)])
    return {
      name,
      kind: kindOf(types.has('array') ? (property.items?.type ?? 'string') : property.type),
      repeatable: types.has('array'),
      required: required.includes(name) && property.default === undefined,
      choices: property.enum,
      defaultValue: property.default,
      description: property.description,
    }
  })
}

function kindOf(type: string | undefined): ToolParameter['kind'] {
  if (type === 'boolean') return 'switch'
  return type === 'integer' || type === 'number' ? 'number' : 'text'
}
