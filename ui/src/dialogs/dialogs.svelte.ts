/** What is asked over the list: one dialog, a revocation, and over either signing in again. */
import { settleFocus } from "../focus";
import type { ConnectionView, CreateRequest, CreatedView } from "../ipc";
import type { DecisionView, DetailsView, KeyView, RotationPlanView } from "../ipc";
import { BulkRevoke } from "../bulk-revoke/bulk-revoke.svelte";
import { moving } from "../found/moving.svelte";
import { Revocation } from "../revoke/revocation.svelte";

export class Dialogs {
  open = $state.raw<
    "create" | "disconnect" | "edit" | "help" | "news" | "palette" | CreatedView | null
  >(null);
  /** What the form of a new token begins with. */
  like = $state.raw<CreateRequest | null>(null);
  /** The name of the token that is duplicated, if one is. */
  duplicated = $state<string | null>(null);
  /** The tokens to decide about, what they are called, and the ids of their connections. */
  deciding = $state.raw<{
    keys: readonly KeyView[];
    about: string;
    of: readonly number[];
    /** When the one token expires, in local time, if it does. */
    expires: string | null;
    /** What was decided about it before. */
    decision: DecisionView | null;
  } | null>(null);
  /** The token to write about. */
  noting = $state.raw<DetailsView | null>(null);
  /** What rotating a token would do. */
  rotating = $state.raw<RotationPlanView | null>(null);
  /** How many of the selected tokens are left to be rotated, that one included; 0 if it is rotated alone. */
  left = $state(0);
  /** Whether the form to rotate the next one opened after another, and not by a key of its own. */
  follows = $state(false);
  /** Takes back what an act selected by itself to have it rotated. */
  unselect = $state.raw<(() => unknown) | null>(null);
  /** The connection to sign in to again, and what follows then. */
  signingIn = $state.raw<{ connection: ConnectionView; done: () => void } | null>(null);
  /** The values that were shown. */
  readonly #held: number[] = [];
  readonly revocation: Revocation;
  readonly bulkRevoke: BulkRevoke;

  constructor(revoked: (key: KeyView) => void, cleaned: () => void) {
    this.revocation = new Revocation(revoked);
    this.bulkRevoke = new BulkRevoke(cleaned);
  }

  /** Whether nothing is asked. */
  get idle(): boolean {
    const { open, deciding, noting, rotating, revocation, signingIn, bulkRevoke } = this;
    const asked = [open, deciding, noting, rotating, revocation.plan, signingIn];
    return asked.every((it) => it === null) && !bulkRevoke.open && !moving.now;
  }

  create(like: CreateRequest | null, duplicated: string | null = null): void {
    this.like = like;
    this.duplicated = duplicated;
    this.open = "create";
  }

  /** Shows the value of a new token, once: what is told of it may cross with its end. */
  hold(created: CreatedView): void {
    if (this.#held.includes(created.handle)) return;
    this.#held.push(created.handle);
    this.rotating = null;
    this.open = created;
  }

  /** `atOnce`, it can't be stopped once it is confirmed. */
  async revoke(key: KeyView, atOnce = false): Promise<void> {
    await this.revocation.begin(key, atOnce);
    await settleFocus();
  }

  close(): Promise<void> {
    this.open = null;
    this.deciding = null;
    this.noting = null;
    this.rotating = null;
    this.left = 0;
    this.unselect = null;
    this.follows = false;
    this.bulkRevoke.close();
    return settleFocus();
  }

  signIn(connection: ConnectionView | null, done: () => void): void {
    if (connection !== null) this.signingIn = { connection, done };
  }

  signedIn(): Promise<void> {
    this.signingIn?.done();
    return this.endSignIn();
  }

  endSignIn(): Promise<void> {
    this.signingIn = null;
    return settleFocus();
  }
}
