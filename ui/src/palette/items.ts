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
  readonly danger?: boolean;
  /** The token that it is. */
  readonly row?: RowView;
}

const plain = { also: "", note: "", keys: "", impossible: null };

const entries = <Id extends string, T>(of: Readonly<Record<Id, T>>) =>
  Object.entries(of) as [Id, T][];

/** Every command, as it stands now; the one that shows them is done already. */
export const commands = (app: App): Item[] => [
  ...tokenCommands(app),
  ...entries(acts)
    .filter(([id]) => id !== "palette")
    .map(([id, act]) => command(app, id, act)),
  ...sorting(app),
];

function command(app: App, id: CommandId, act: Act): Item {
  const { icon, words, also = "", danger = false, note, impossible, run } = act;
  return {
    id,
    icon,
    words,
    also,
    note: note?.(app) ?? "",
    // Its keys are those of the connections, each with its own.
    keys: id === "switch" ? "" : keysFor(id),
    impossible: impossible?.(app) ?? null,
    danger,
    run: () => run(app),
  };
}

/** Those about the row the keyboard is on, or about what is selected. */
function tokenCommands(app: App): Item[] {
  const { list, screen } = app.workspace;
  const listed = screen === "tokens";
  const row = listed ? list.activeRow : undefined;
  const { count } = list.selection;
  return entries(tokenActs).map(([id, act]) => {
    const { several } = act;
    const item = { ...unbound(id, act), keys: listed ? keysFor(id) : "" };
    if (several !== undefined && count > 0) {
      const of = { words: several.words, note: paletteText.selected(count) };
      const impossible = several.impossible?.(app) ?? null;
      return { ...item, ...of, impossible, run: () => several.run(app) };
    }
    if (row === undefined) return { ...item, impossible: whyNot.noRow };
    return { ...item, ...bound(app, act, row), note: row.name };
  });
}

const unbound = (id: TokenActId, act: TokenAct): Item => ({
  ...plain,
  id,
  icon: act.icon,
  words: act.words,
  also: act.also ?? "",
  danger: act.danger ?? false,
  run: () => undefined,
});

const bound = (app: App, act: TokenAct, row: RowView) => ({
  words: act.wordsFor?.(row) ?? act.words,
  impossible: act.impossible?.(app, row) ?? null,
  run: () => act.run(app, row),
});

/** What can be done with one token, which the keys of the list aren’t about. What is done in the list shows it there. */
export const actionsFor = (app: App, row: RowView): Item[] =>
  entries(tokenActs).map(([id, act]) => {
    const item = { ...unbound(id, act), ...bound(app, act, row) };
    if (id === "open") return { ...item, run: () => showToken(app.workspace, row.key) };
    if (id !== "select") return item;
    const run = async () => {
      await item.run();
      await goToToken(app.workspace, row.key);
    };
    return { ...item, run };
  });

/** The columns that are shown can be sorted by. */
const sorting = ({ workspace }: App): Item[] =>
  (["name", ...workspace.layout.names] as const).filter(sorts).map((column) => ({
    ...plain,
    id: `sort-${column}`,
    icon: "swap" as const,
    words: paletteText.sortBy[column],
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

/** Goes to a token in the list; a filter that leaves it out is cleared. */
async function goToToken(workspace: Workspace, key: KeyView): Promise<void> {
  const { list } = workspace;
  list.reveal(key, () => {
    list.clear();
    list.reveal(key, () => undefined);
  });
  await workspace.toList();
}

/** Goes to a token, and shows its details. */
async function showToken(workspace: Workspace, key: KeyView): Promise<void> {
  await goToToken(workspace, key);
  workspace.details.show(key);
}

export const tokenItem = ({ key }: RowView) => `token-${key.connection}-${key.id}`;

/** A token that was found. */
export const token = (app: App, row: RowView): Item => ({
  ...plain,
  id: tokenItem(row),
  icon: "key",
  words: row.name,
  also: row.key.id,
  note: [row.key.id, row.project, m.chips[row.chip]].join(" · "),
  row,
  run: () => showToken(app.workspace, row.key),
});
