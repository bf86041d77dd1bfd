/** The piece of the page that is loaded once the first rows are painted. */
class Second {
  /** `null` until it is there. */
  piece = $state.raw<typeof import("./later") | null>(null);

  async load(): Promise<void> {
    this.piece = await import("./later");
  }
}

export const second = new Second();
