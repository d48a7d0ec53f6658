/** Closes what was opened, last opened first. */
export class ClosingStack {
  readonly #closers: (() => void | Promise<void>)[] = []
  #closing: Promise<void> | undefined

  /** Remembers how to close something, and gives it back. */
  add<Resource>(resource: Resource, close: (resource: Resource) => void | Promise<void>): Resource {
    this.#closers.push(() => close(resource))
    return resource
  }

  /**
   * Closes everything, once; what fails does not keep the rest open.
   *
   * @throws the first failure
   */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = []
    for (const close of this.#closers.reverse()) {
      try {
        await close()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
