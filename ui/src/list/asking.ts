/** One query on its way at a time; of those that wait, the latest wins. */
import * as ipc from "../ipc";
import type { QueryRequest, QueryView } from "../ipc";
import { covers, merged } from "../question";
import type { Criteria, Question } from "../question";

export type Ask = (request: QueryRequest) => Promise<QueryView>;

interface Listener {
  answered: (question: Question, answer: QueryView) => void;
  failed: (message: string) => void;
}

export class Asking {
  readonly #ask: Ask;
  readonly #listener: Listener;
  /** Whether the findings of each row are wanted too. */
  findings = false;
  #seq = 0;
  #inFlight: Question | null = null;
  #next: Question | null = null;

  constructor(ask: Ask, listener: Listener) {
    this.#ask = ask;
    this.#listener = listener;
  }

  /** Whether an answer is on its way. */
  get busy(): boolean {
    return this.#inFlight !== null;
  }

  want(question: Question): void {
    if (this.#inFlight === null) this.#send(question);
    else this.#next = merged(this.#next, question);
  }

  /** Whether an answer that holds these rows is on its way. */
  expects(criteria: Criteria, from: number, to: number): boolean {
    return covers(this.#next ?? this.#inFlight, criteria, from, to);
  }

  #send(question: Question): void {
    const { criteria, top, len, anchor } = question;
    this.#inFlight = question;
    this.#seq += 1;
    const rule = criteria.rule?.rule ?? null;
    this.#ask({
      ...criteria,
      rule,
      top,
      len,
      anchor,
      findings: this.findings,
      seq: this.#seq,
    }).then(
      (answer) => {
        this.#proceed();
        this.#listener.answered(question, answer);
      },
      (thrown: unknown) => {
        this.#proceed();
        this.#listener.failed(ipc.failure(thrown).message);
      },
    );
  }

  #proceed(): void {
    const next = this.#next;
    this.#inFlight = null;
    this.#next = null;
    if (next !== null) this.#send(next);
  }
}
