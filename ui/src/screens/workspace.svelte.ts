/** What the window shows of the tokens, and what each command does there. */
import { tick } from "svelte";

import { decideNotices } from "../decide/notices";
import { Details } from "../token/details.svelte";
import { Dialogs } from "../dialogs/dialogs.svelte";
import { focusList, passFocus, settleFocus } from "../focus";
import * as ipc from "../ipc";
import type {
  DetailsView,
  KeyView,
  LayoutView,
  OpenedView,
  QueryView,
  RowView,
  SavedView,
} from "../ipc";
import type { Command } from "../keys";
import { TokenList } from "../list/list.svelte";
import type { Finding } from "../question";
import { m } from "../messages";
import { notices } from "../notices.svelte";
import { Layout } from "../columns/layout.svelte";
import type { Screen } from "../screen";
import { second } from "../second.svelte";

type Movement = "down" | "up" | "pageDown" | "pageUp" | "first" | "last";

interface Focusable {
  focus: () => void;
}

/** What is done on every screen; the rest acts on rows that are in sight. */
const EVERYWHERE: readonly Command[] = [
  "search",
  "create",
  "refresh",
  "help",
  "palette",
  "preferences",
];

export class Workspace {
  screen = $state<Screen>("tokens");
  /** What the activity screen looks for. */
  about = $state("");
  readonly list: TokenList;
  readonly layout: Layout;
  readonly details = new Details();
  readonly dialogs = new Dialogs(
    (key) => this.details.closeOf(key),
    () => this.list.refresh(),
  );
  grid = $state<Focusable>();
  toolbar = $state<Focusable>();
  readonly #mayManage: () => boolean;
  readonly #onrefresh: () => Promise<void>;

  constructor(
    first: QueryView | null,
    opened: OpenedView | null,
    layout: LayoutView,
    mayManage: () => boolean,
    onrefresh: () => Promise<void>,
  ) {
    this.list = new TokenList(first);
    this.layout = new Layout(layout);
    if (opened !== null) this.list.begin(opened);
    this.#mayManage = mayManage;
    this.#onrefresh = onrefresh;
  }

  /** With `selecting`, a movement selects the rows on its way. */
  act(command: Command, selecting = false): unknown {
    const { list, details, dialogs } = this;
    if (command === "rotate" && this.screen === "rotations") return this.#chooseToRotate();
    if (this.screen !== "tokens" && !EVERYWHERE.includes(command))
      return second.piece?.goToLine(command);
    switch (command) {
      case "search":
        return this.search();
      case "open":
        return this.#withRow(({ key }) => details.show(key));
      case "create":
        return this.#mayManage() ? dialogs.create(null) : notices.warn(m.onlyManagers);
      case "select":
        return this.#withRow((row) => list.toggle(row));
      case "selectAll":
        return list.selectAll();
      case "decide":
        return this.#withSelection(
          () => this.decideSelected(),
          (row) => dialogs.decide(row),
        );
      case "note":
        return this.#withRow(({ key }) => dialogs.note(key));
      case "revoke":
        return this.#withSelection(
          () => this.plan(),
          ({ key }) => dialogs.revoke(key),
        );
      case "rotate":
        return this.#withSelection(
          () => dialogs.rotateSelected(),
          ({ key }) => dialogs.rotate(key),
        );
      case "sort":
        return list.sortBy(this.layout.after(list.criteria.sort));
      case "turnSort":
        return list.sortBy(list.criteria.sort);
      case "refresh":
        return this.#onrefresh();
      case "help":
      case "palette":
        return (dialogs.open = command);
      case "preferences":
        return this.goTo(command);
      case "back":
        if (list.selection.count > 0) return list.selectNone();
        return details.open ? this.closeDetails() : list.filtered && list.clear();
      default:
        return this.#whenListed(() => this.#move(command, selecting));
    }
  }

  /** The list goes on with the keys from wherever they came. */
  #move(command: Movement, selecting: boolean): void {
    const { list } = this;
    const from = list.active ?? -1;
    const to = {
      down: from + 1,
      up: from - 1,
      pageDown: Math.max(from, 0) + list.page,
      pageUp: from - list.page,
      first: 0,
      last: list.total - 1,
    }[command];
    if (selecting) void list.selectTo(to);
    else list.activate(to);
    if (!document.activeElement?.closest(".details")) this.grid?.focus();
  }

  /** Looks for something on the screen that is shown, or else in the list. */
  async search(): Promise<void> {
    if (this.screen !== "tokens" && this.screen !== "activity") await this.toList();
    this.toolbar?.focus();
  }

  /** No row is in sight there. */
  async #chooseToRotate(): Promise<void> {
    await this.toList();
    notices.say(m.chooseToRotate);
  }

  /** Acts with what is selected, or with one row if nothing is. */
  async #withSelection(several: () => unknown, one: (row: RowView) => unknown): Promise<void> {
    await this.list.settled();
    await (this.list.selection.count > 0 ? several() : this.#withRow(one));
  }

  /** Acts with the row the keyboard is on, once the rows are those that were asked for. */
  #withRow(act: (row: RowView) => unknown): unknown {
    return this.#whenListed(() => this.list.activeRow && act(this.list.activeRow));
  }

  /** Keys keep their order: while other rows are on their way, all that act on rows wait for them. */
  #whenListed(act: () => unknown): unknown {
    if (!this.list.pending) return act();
    const screen = this.screen;
    return this.list.settled().then(() => screen === this.screen && this.dialogs.idle && act());
  }

  open(screen: Screen, about = ""): void {
    if (screen !== this.screen) notices.mended();
    this.about = about;
    this.screen = screen;
  }

  /** Goes to a screen, and the keyboard with it. */
  async goTo(screen: Screen): Promise<void> {
    if (screen === "tokens") return this.toList();
    this.open(screen);
    await tick();
    document.querySelector<HTMLElement>("main h1")?.focus();
  }

  /** As [`goTo`]; choosing the list of tokens again shows all tokens. */
  async chooseScreen(screen: Screen): Promise<void> {
    if (screen === "tokens" && this.screen === screen) this.list.clear();
    await this.goTo(screen);
  }

  /** The search is done with: the keys go on with what it found. */
  async leaveSearch(): Promise<void> {
    this.grid?.focus();
    if (this.list.pending) await this.list.settled();
    if (this.list.active === null) this.list.activate(0);
    void settleFocus();
  }

  /** Has the times on screen told anew. */
  retell(): void {
    this.list.refresh();
    this.details.refresh();
  }

  async toList(): Promise<void> {
    this.open("tokens");
    await tick();
    focusList();
  }

  /** The list has the focus where the panel had it. */
  closeDetails(): void {
    this.details.close();
    void settleFocus();
  }

  /** A new token is what comes next, outside an incident: it is shown, and the keys of the list act on it. */
  async reveal(created: KeyView): Promise<void> {
    // In an incident, more is to be done than to replace the token.
    if (this.screen === "found") return;
    this.list.reveal(created, () =>
      notices.say(
        m.list.hidden,
        () => {
          this.list.clear();
          void this.reveal(created);
        },
        m.list.show,
      ),
    );
    await this.toList();
  }

  /** The tokens of a finding, or those that are new. */
  async showFinding(rule: Finding): Promise<void> {
    this.list.change({ text: "", view: "all", rule });
    this.details.close();
    await this.toList();
  }

  async showView({ text, view, sort, descending }: SavedView): Promise<void> {
    this.list.change({ text, view, rule: null, sort, descending });
    this.details.close();
    await this.toList();
  }

  /** Plans to revoke the selected tokens. */
  async plan(): Promise<void> {
    await this.dialogs.bulkRevoke.begin(() => ipc.call.bulkRevokesPlan(null));
  }

  /** Shows the tokens of a finding, and plans to revoke them; what is selected stays so. */
  async planFinding(rule: Finding): Promise<void> {
    await this.showFinding(rule);
    await this.dialogs.bulkRevoke.begin(() => ipc.call.bulkRevokesPlan(this.list.everything));
  }

  decideSelected(): void {
    const { count, connections } = this.list.selection;
    const about = decideNotices.several(count);
    this.dialogs.deciding = { keys: [], about, of: connections, expires: null, decision: null };
  }

  async withdraw({ key, name }: RowView | DetailsView): Promise<void> {
    const pressed = document.activeElement;
    try {
      await ipc.call.decisionsWithdraw([key]);
      notices.say(decideNotices.undone(decideNotices.quoted(name)));
      // Its button goes with the decision.
      passFocus(pressed, this.grid);
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
  }
}
