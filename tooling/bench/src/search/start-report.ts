/** What a process that starts over a tree says of itself. */
export interface StartReport {
  readonly milliseconds: number
  /** 99th percentile of the event loop's delay, in milliseconds. */
  readonly loopDelayMs: number
  /** What was added by the index, in bytes: on the heap and beside it, and in the process. */
  readonly heapBytes: number
  readonly residentBytes: number
}
