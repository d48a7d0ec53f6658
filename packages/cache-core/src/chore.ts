/** Something that keeps a store in shape. It does what is due, in small steps, and ends soon after it is stopped. */
export interface Chore {
  run(isStopped: () => boolean): Promise<void>
}
