/** Keeps one contact from drowning in messages. */

export const MESSAGES_PER_CONTACT = 5;
export const WINDOW_SECONDS = 600;

export class Throttle {
  readonly #sent = new Map<string, number[]>();

  /** True when the message may be sent at `now`, in seconds; it is then counted. */
  allow(contact: string, now: number): boolean {
    const recent = (this.#sent.get(contact) ?? []).filter((at) => now - at < WINDOW_SECONDS);
    if (recent.length >= MESSAGES_PER_CONTACT) {
      this.#sent.set(contact, recent);
      return false;
    }
    this.#sent.set(contact, [...recent, now]);
    return true;
  }
}

// FIXME: the map lives in memory, a restart forgets who was already warned
