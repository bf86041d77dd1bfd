/** Signing in by any of the ways in: what was typed, which step is next, and what went wrong. */
import * as ipc from "../ipc";
import type { CliPlace, CliTokenView, StepAnswer, StepView, WayIn } from "../ipc";

export const WAYS = ["apiToken", "window", "password", "cookie"] as const;
export type Way = (typeof WAYS)[number];
export type Factor = "totp" | "sentCode" | "backupCode";
export type FieldName = "address" | "secret" | "organization" | "code" | "cli" | "other";
type Waiting = Exclude<StepView, { kind: "connected" }>;
type SecondFactor = Extract<StepView, { kind: "secondFactor" }>;

/** The factors that are taken, the usual one first. */
export function factorsOf({ totp, sentCode }: SecondFactor): [Factor, ...Factor[]] {
  if (totp) return sentCode ? ["totp", "sentCode", "backupCode"] : ["totp", "backupCode"];
  return sentCode ? ["sentCode", "backupCode"] : ["backupCode"];
}

export class SignIn {
  address = $state("");
  way = $state<Way>("apiToken");
  email = $state("");
  organizationId = $state("");
  /** Asked for only if the server doesn't say it. */
  organizationNeeded = $state(false);
  /** The step after the first one; `null` before that. */
  step = $state.raw<Waiting | null>(null);
  factor = $state<Factor>("totp");
  code = $state("");
  codeSent = $state(false);
  /** The API tokens that the command-line tool has. */
  cliTokens = $state.raw<readonly CliTokenView[]>([]);
  busy = $state(false);
  failed = $state.raw<{ field: FieldName; message: string } | null>(null);
  /** What somebody who was asked outside the page did not say yes to. */
  declined = $state.raw<ipc.Failure | null>(null);
  readonly #connected: () => Promise<void>;
  /** The organization it must lead to, where there is a connection to it. */
  readonly #organization: string | null;

  constructor(address: string, way: Way, connected: () => Promise<void>, organization?: string) {
    this.address = address;
    this.way = way;
    this.#connected = connected;
    this.#organization = organization ?? null;
  }

  errorOf(field: FieldName): string | null {
    return this.failed?.field === field ? this.failed.message : null;
  }

  async findCliTokens(): Promise<void> {
    try {
      this.cliTokens = await ipc.call.connectionsCliTokens();
    } catch {
      // It is only an offer; the fields are there all the same.
    }
  }

  choose(way: Way): void {
    this.way = way;
    this.failed = null;
  }

  /** The first step. */
  submit(): Promise<void> {
    if (this.way === "window") {
      return this.#take(() =>
        ipc.call.connectionsSignInInWindow(this.address, this.#wantedOrganization),
      );
    }
    return this.#connect(this.address, this.#credential());
  }

  /** Uses a token of the command-line tool, which stays where it is. */
  useCliToken(place: CliPlace): Promise<void> {
    const credential = { kind: "cli" as const, place };
    return this.#connect("", credential, "cli");
  }

  /** The next step. */
  answer(): Promise<void> {
    return this.#answer({ kind: this.factor, code: this.code });
  }

  chooseOrganization(id: string): Promise<void> {
    return this.#answer({ kind: "organization", id });
  }

  /** A code is of one factor only. */
  chooseFactor(factor: Factor): void {
    this.factor = factor;
    this.code = "";
    this.failed = null;
  }

  async sendCode(): Promise<void> {
    const { step } = this;
    if (step === null) return;
    await this.#work(async () => {
      await ipc.call.connectionsSendCode(step.attempt);
      this.codeSent = true;
    });
  }

  /** Goes on with an attempt that a page before this one began. */
  goOn(step: StepView | null): void {
    if (step === null || step.kind === "connected") return;
    if (step.kind === "secondFactor") this.way = "password";
    this.#proceed(step);
  }

  /** Back to the first step, with everything typed there. */
  startOver(): void {
    if (this.step !== null) void ipc.call.connectionsGiveUp(this.step.attempt);
    this.step = null;
    this.code = "";
    this.codeSent = false;
    this.failed = null;
  }

  #connect(address: string, credential: WayIn, place?: FieldName): Promise<void> {
    const organizationId = this.#wantedOrganization;
    return this.#take(
      () => ipc.call.connectionsConnect({ address, credential, organizationId }),
      place,
    );
  }

  get #wantedOrganization(): string | null {
    const typed = this.organizationId.trim();
    return this.organizationNeeded && typed !== "" ? typed : this.#organization;
  }

  #credential(): WayIn {
    switch (this.way) {
      case "password":
        return { kind: "password", email: this.email };
      case "cookie":
        return { kind: "cookie" };
      default:
        return { kind: "apiToken" };
    }
  }

  async #answer(answer: StepAnswer): Promise<void> {
    const { step } = this;
    if (step !== null) await this.#take(() => ipc.call.connectionsContinue(step.attempt, answer));
  }

  async #take(act: () => Promise<StepView | null>, place?: FieldName): Promise<void> {
    await this.#work(async () => {
      const step = await act();
      if (step === null) return;
      if (step.kind !== "connected") return this.#proceed(step);
      this.code = "";
      await this.#connected();
    }, place);
  }

  #proceed(step: Waiting): void {
    this.code = "";
    if (step.kind === "secondFactor") this.factor = factorsOf(step)[0];
    this.step = step;
  }

  async #work(act: () => Promise<void>, place?: FieldName): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = this.declined = null;
    try {
      await act();
    } catch (thrown) {
      const failure = ipc.failure(thrown);
      if (failure.code === "declined") this.declined = failure;
      else this.#failed(failure, place);
    } finally {
      this.busy = false;
    }
  }

  #failed({ code, message }: ipc.Failure, place?: FieldName): void {
    if (code === "startOver") this.startOver();
    this.organizationNeeded ||= code === "organizationNeeded";
    const field = code === "organizationNeeded" ? undefined : place;
    this.failed = { field: field ?? this.#fieldOf(code), message };
  }

  #fieldOf(code: ipc.ErrorCode): FieldName {
    if (this.step?.kind === "secondFactor") return "code";
    if (this.step !== null || this.way === "window") return "other";
    switch (code) {
      case "address":
      case "unreachable":
      case "server":
        return "address";
      case "organizationNeeded":
      case "notFound":
        return this.organizationNeeded ? "organization" : "address";
      default:
        return "secret";
    }
  }
}
