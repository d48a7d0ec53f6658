/** The exit codes of `fs-agent`; none of them changes within a major version. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  partial: 3,
  notFound: 4,
  model: 5,
  stepLimit: 6,
  interrupted: 130,
} as const

/** What a run of the command line ended with, one of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
