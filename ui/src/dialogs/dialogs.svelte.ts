/** What is asked over the list: one dialog, a revocation, and over either signing in again. */
import { decideNotices } from "../decide/notices";
import { settleFocus } from "../focus";
import * as ipc from "../ipc";
import type { ConnectionView, CreateRequest, CreatedView } from "../ipc";
import type { DecisionView, DetailsView, KeyView, RotationPlanView, RowView } from "../ipc";
import { notesNotices } from "../notes/notices";
import { notices } from "../notices.svelte";
import { BulkRevoke } from "../bulk-revoke/bulk-revoke.svelte";
import { moving } from "../found/moving.svelte";
import { Revocation } from "../revoke/revocation.svelte";

/** Says why a dialog can't be opened. */
async function asking(open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (thrown) {
    notices.failed(thrown);
  }
}

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

  /** Opens what can be decided about a token. */
  decide({ key, name, decision, expires }: RowView | DetailsView): Promise<void> {
    return asking(async () => {
      // A row only says that there is one; it may also be a revocation that was scheduled.
      const read = typeof decision === "string" ? await ipc.call.tokensDetails(key) : { decision };
      this.deciding = {
        keys: [key],
        about: decideNotices.quoted(name),
        of: [key.connection],
        expires: expires.muted ? null : expires.local,
        decision: read?.decision ?? null,
      };
    });
  }

  /** Opens the form of a new token with the settings of this one. */
  createLike(key: KeyView): Promise<void> {
    return asking(async () => {
      const form = await ipc.call.tokensFormLike(key);
      this.create(form, form.name);
    });
  }

  /** Opens what rotating a token would do; `left` of the selected ones are left, this one included. */
  rotate(key: KeyView, left = 0): Promise<void> {
    return asking(async () => {
      this.rotating = await ipc.call.rotationsPlan(key);
      this.left = left;
    });
  }

  /** Opens what rotating the first of the selected tokens would do, which leaves the selection then. */
  rotateSelected(): Promise<void> {
    return asking(async () => {
      const { next, left, cannot } = await ipc.call.rotationsNext();
      if (next === null) notices.warn(cannot ?? "");
      else await this.rotate(next, left);
    });
  }

  /** Opens what is written about a token. */
  note(key: KeyView): Promise<void> {
    return asking(async () => {
      const token = await ipc.call.tokensDetails(key);
      if (token === null) notices.warn(notesNotices.gone);
      else this.noting = token;
    });
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
