/** One question at a time: the shell may take up two in any order, and the later one counts. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Asks once every question before it is answered. */
  ask<T>(question: () => Promise<T>): Promise<T> {
    const answer = this.#last.then(question);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
