/** What the create form holds, and what the shell says of it while it is typed. */
import * as ipc from "../ipc";
import type { CreateCheckView, CreateRequest, CreatedView, ExpiryRequest, NotesView } from "../ipc";
import { createText } from "./messages";
import { plusDays, textOf, today } from "../fields/calendar";
import type { Recipe } from "./recipes";

export const PRESET_DAYS = [7, 30, 60, 90, 365] as const;
const USUAL_DAYS = 90;

/** A number of days, a date, or never. */
export type ExpiryChoice = number | "date" | "never";
export type FieldName = "name" | "expiry" | "scopes";

/** The shortest choice that is long enough, or else the longest. */
const presetFor = (days: number) => PRESET_DAYS.find((preset) => preset >= days) ?? 365;

export class CreateForm {
  /** The connection to make it at. */
  connection = $state(0);
  name = $state("");
  expiry = $state<ExpiryChoice>(USUAL_DAYS);
  date = $state("");
  projectId = $state<string | null>(null);
  scopes = $state.raw<readonly string[]>(["translations:read"]);
  /** The number of the incident whose token it replaces, at the connection that the form began with. */
  #incident: number | null = null;
  /** The name that a recipe proposed last. */
  #proposed = "";
  /** The recipe that was filled in last, and the name the form had then. */
  #filled = $state.raw<{ recipe: Recipe; name: string } | null>(null);
  notes = $state<NotesView>({ place: "", note: "" });

  check = $state.raw<CreateCheckView | null>(null);
  busy = $state(false);
  failed = $state.raw<ipc.Failure | null>(null);
  /** Whether the list is being loaded that tells what a request did. */
  looking = $state(false);
  /** What has changed since it failed, so that it can be tried again. */
  mended = $state<string | null>(null);
  #left = $state.raw<readonly FieldName[]>([]);
  #checks = 0;
  /** What was sent last: the form may name another project since. */
  #sent: CreateRequest | null = null;

  /** Empty, or with the settings of a token that is there, or of a form that was closed. */
  constructor(connection: number, like: CreateRequest | null) {
    this.connection = connection;
    if (like === null) return;
    const { name, expiry, scopes, projectId, notes } = like;
    Object.assign(this, { connection: like.connection, name, projectId, notes: { ...notes } });
    this.#incident = like.incident;
    this.scopes = scopes.filter((scope, at) => scopes.indexOf(scope) === at);
    this.expiry = expiry.kind === "days" ? presetFor(expiry.days) : expiry.kind;
    if (expiry.kind === "date") this.date = expiry.date;
  }

  /** Whether a request was sent and nobody knows what it did: no other is sent before a look. */
  get outcomeUnknown(): boolean {
    return this.failed?.code === "outcomeUnknown";
  }

  get request(): CreateRequest {
    const { connection, name, projectId, notes } = this;
    const scopes = [...this.scopes];
    const incident = this.#incident;
    const expiry = this.#expiry();
    return { connection, name, expiry, scopes, projectId, notes: { ...notes }, incident };
  }

  /** Whether the form is as this recipe filled it in. */
  isAs(recipe: Recipe): boolean {
    if (this.#filled?.recipe !== recipe || this.#filled.name !== this.name) return false;
    return this.expiry === recipe.days && this.scopes === recipe.scopes;
  }

  /** The error beside a field, once the admin has left it. */
  errorOf(field: FieldName): string | null {
    return this.#left.includes(field) ? (this.check?.[`${field}Error`] ?? null) : null;
  }

  /** Whether something is wrong with the notes. */
  get notesWrong(): boolean {
    const notes = this.check?.notes;
    return (notes?.placeError ?? notes?.noteError ?? null) !== null;
  }

  leave(...fields: FieldName[]): void {
    this.#left = [...this.#left, ...fields];
  }

  /** Fills in what a place usually needs, under a name that is free; a name the admin typed stays. */
  async fill(recipe: Recipe): Promise<void> {
    const proposes = this.name === "" || this.name === this.#proposed;
    if (proposes) this.name = this.#proposed = recipe.name;
    this.expiry = recipe.days;
    this.scopes = recipe.scopes;
    this.#filled = { recipe, name: this.name };
    await this.recheck();
    const free = this.check?.freeName ?? null;
    if (!proposes || free === null || this.name !== recipe.name) return;
    this.name = this.#proposed = free;
    this.#filled = { recipe, name: free };
    await this.recheck();
  }

  /** When the token is to end. A date begins with the day that was chosen before. */
  end(expiry: ExpiryChoice): void {
    const days = typeof this.expiry === "number" ? this.expiry : USUAL_DAYS;
    if (expiry === "date" && this.date === "") this.date = textOf(plusDays(today(), days));
    this.expiry = expiry;
    void this.recheck();
  }

  /** The day the token is to end on, as it is typed or chosen. */
  endOn(date: string): void {
    this.date = date;
    void this.recheck();
  }

  /** The connection the token is to be made at; projects are a connection's own. */
  makeAt(connection: number): void {
    this.connection = connection;
    this.#incident = null;
    this.belongTo("");
  }

  /** Signed in again: what was typed can be sent, by the admin. */
  signedIn(): void {
    this.#mend(createText.signedIn);
  }

  /** Loads the list of where the token was to be made: it tells whether it was. */
  async look(): Promise<void> {
    if (this.looking || this.#sent === null) return;
    this.looking = true;
    try {
      await ipc.call.tokensLookForCreated(this.#sent.connection, this.#sent.projectId);
      this.#mend(createText.refreshed);
    } catch (thrown) {
      const { message } = ipc.failure(thrown);
      this.failed = new ipc.Failure({ code: "outcomeUnknown", message });
    } finally {
      this.looking = false;
    }
  }

  /** The project the token is to belong to; the empty id stands for the organization. */
  belongTo(projectId: string): void {
    this.projectId = projectId === "" ? null : projectId;
    void this.recheck();
  }

  /** Asks what is to be said of the form as it stands; of several in a row the last one wins. */
  async recheck(): Promise<void> {
    this.#checks += 1;
    const number = this.#checks;
    const check = await ipc.call.tokensCheckCreate(this.request);
    if (number === this.#checks) this.check = check;
  }

  /** The new token; `null` when the form stays, with everything in it and the reason beside it. */
  async submit(
    send: (form: CreateRequest) => Promise<CreatedView> = ipc.call.tokensCreate,
  ): Promise<CreatedView | null> {
    if (this.busy || this.outcomeUnknown) return null;
    this.busy = true;
    this.#mend(null);
    this.leave("name", "expiry", "scopes");
    try {
      await this.recheck();
      if (!this.#sound()) return null;
      this.#sent = this.request;
      return await send(this.#sent);
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  #mend(mended: string | null): void {
    this.failed = null;
    this.mended = mended;
  }

  #sound(): boolean {
    const { check } = this;
    return (
      check !== null &&
      !check.nameError &&
      !check.expiryError &&
      !check.scopesError &&
      !this.notesWrong
    );
  }

  #expiry(): ExpiryRequest {
    if (this.expiry === "never") return { kind: "never" };
    if (this.expiry === "date") return { kind: "date", date: this.date };
    return { kind: "days", days: this.expiry };
  }
}
