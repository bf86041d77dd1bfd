/** What can be chosen in the palette, from the table of commands and from what is there. */
import { lineOf, nameOf, placeOf } from "../connection/connections";
import type { ConnectionView, KeyView, RowView, SavedView, View } from "../ipc";
import { connectionKey } from "../keys";
import { m } from "../messages";
import { sorts } from "../columns/layout.svelte";
import type { Workspace } from "../screens/workspace.svelte";
import type { IconName } from "../widgets/icons";
import { paletteText } from "./messages";
import { whyNot } from "../commands/messages";
import { acts, keysFor, tokenActs } from "../commands/table";
import type { Act, App, CommandId, TokenAct, TokenActId } from "../commands/table";

export interface Item {
  readonly id: string;
  readonly icon: IconName;
  readonly words: string;
  readonly also: string;
  readonly note: string;
  readonly keys: string;
  /** Why it can't be chosen now. */
  readonly impossible: string | null;
  readonly run: () => unknown;
  /** The token that it is. */
  readonly row?: RowView;
}

const entries = <Id extends string, T>(of: Readonly<Record<Id, T>>) =>
  Object.entries(of) as [Id, T][];

/** Every command, as it stands now. */
export const commands = (app: App): Item[] => [
  ...tokenCommands(app),
  ...entries(acts).map(([id, act]) => command(app, id, act)),
  ...sorting(app),
];

function command(app: App, id: CommandId, { icon, words, also = "", note, impossible, run }: Act) {
  return {
    id,
    icon,
    words,
    also,
    note: note?.(app) ?? "",
    // Its keys are those of the connections, each with its own.
    keys: id === "switch" ? "" : keysFor(id),
    impossible: impossible?.(app) ?? null,
    run: () => run(app),
  };
}

/** Those about the row the keyboard is on, or about what is selected. */
function tokenCommands(app: App): Item[] {
  const { list, screen } = app.workspace;
  const row = screen === "tokens" ? list.activeRow : undefined;
  const { count } = list.selection;
  return entries(tokenActs).map(([id, act]) => {
    const { several } = act;
    if (several !== undefined && count > 0) {
      const of = { words: several.words, note: paletteText.selected(count) };
      return { ...unbound(id, act), ...of, run: () => several.run(app) };
    }
    if (row === undefined) return { ...unbound(id, act), impossible: whyNot.noRow };
    return { ...bound(app, id, act, row), note: row.name };
  });
}

const unbound = (id: TokenActId, { icon, words, also = "" }: TokenAct): Item => ({
  id,
  icon,
  words,
  also,
  note: "",
  keys: keysFor(id),
  impossible: null,
  run: () => undefined,
});

const bound = (app: App, id: TokenActId, act: TokenAct, row: RowView): Item => ({
  ...unbound(id, act),
  words: act.wordsFor?.(row) ?? act.words,
  impossible: act.impossible?.(app, row) ?? null,
  run: () => act.run(app, row),
});

/** What can be done with one token. */
export const actionsFor = (app: App, row: RowView): Item[] =>
  entries(tokenActs).map(([id, act]) => bound(app, id, act, row));

const plain = { also: "", note: "", keys: "", impossible: null };

/** The columns that are shown can be sorted by. */
const sorting = ({ workspace }: App): Item[] =>
  (["name", ...workspace.layout.names] as const).filter(sorts).map((column) => ({
    ...plain,
    id: `sort-${column}`,
    icon: "swap" as const,
    words: paletteText.sortBy(m.columns[column]),
    run: async () => {
      workspace.list.sortBy(column);
      await workspace.toList();
    },
  }));

/** The cards above the list, and the saved views. */
export function views({ workspace, status }: App, saved: readonly SavedView[]): Item[] {
  const { counts } = workspace.list;
  const card = (view: View): Item => ({
    ...plain,
    id: `card-${view}`,
    icon: "layers",
    words: m.views[view],
    note: counts === null ? "" : m.counted(counts[view], status.complete),
    run: async () => {
      workspace.list.change({ text: "", view, rule: null });
      workspace.details.close();
      await workspace.toList();
    },
  });
  const kept = (view: SavedView): Item => ({
    ...plain,
    id: `view-${view.id}`,
    icon: "layers",
    words: view.name,
    note: paletteText.savedView(view.problem ?? m.counted(view.count, status.complete)),
    run: () => workspace.showView(view),
  });
  return [...saved.map(kept), ...(Object.keys(m.views) as View[]).map(card)];
}

/** The connections to switch to. */
export function connections({ status, connection, onshow }: App): Item[] {
  const all = status.connections;
  if (all.length < 2) return [];
  const item = (one: ConnectionView, at: number): Item => ({
    ...plain,
    id: `connection-${one.id}`,
    icon: "swap",
    words: nameOf(one, all),
    note: placeOf(one),
    also: lineOf(one, all),
    keys: at < 8 ? connectionKey(at + 1) : "",
    impossible: one === connection ? whyNot.shown : null,
    run: () => onshow(one.id),
  });
  return all.map(item);
}

/** Shows a token in the list, with its details; a filter that leaves it out is cleared. */
async function showToken(workspace: Workspace, key: KeyView): Promise<void> {
  const { list, details } = workspace;
  list.reveal(key, () => {
    list.clear();
    list.reveal(key, () => undefined);
  });
  await workspace.toList();
  details.show(key);
}

/** A token that was found. */
export const token = (app: App, row: RowView): Item => ({
  ...plain,
  id: `token-${row.key.connection}-${row.key.id}`,
  icon: "key",
  words: row.name,
  also: row.key.id,
  note: [row.key.id, row.project, m.chips[row.chip]].join(" · "),
  row,
  run: () => showToken(app.workspace, row.key),
});
