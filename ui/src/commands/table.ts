/**
 * The table of commands: every act of the app, once. The palette, the menu of a row and the list of shortcuts come from it.
 * Its keys are where they are heard: in `keys.ts`, or in `acts.ts` for what a part of the page does by itself.
 */
import { OWN_KEYS } from "../acts";
import type { OwnAct } from "../acts";
import type { ConnectionView, KeyView, RowView, StatusView } from "../ipc";
import { ALL_CONNECTIONS, connectionKey, keysOf, SCREENS } from "../keys";
import type { Command as KeyCommand } from "../keys";
import { listActs } from "./list-acts";
import { preferenceActs } from "./preference-acts";
import type { PreferenceAct } from "./preference-acts";
import { rowActs } from "./row-acts";
import { screenActs } from "./screen-acts";
import type { Screen } from "../screen";
import type { Workspace } from "../screens/workspace.svelte";
import type { IconName } from "../widgets/icons";
import { windowActs } from "./window-acts";

/** What the acts are done with. */
export interface App {
  readonly workspace: Workspace;
  readonly status: StatusView;
  /** The one that is shown; `null` for all of them. */
  readonly connection: ConnectionView | null;
  /** Whether a token can be made anywhere that is shown. */
  readonly mayManage: boolean;
  /** Whether tokens may not be managed where this one is. */
  readonly forbidden: (key: Pick<KeyView, "connection">) => boolean;
  readonly onshow: (id: number | null) => unknown;
  readonly onrefresh: () => unknown;
  readonly onconnect: () => void;
  readonly onsignin: () => void;
  readonly onstop: () => unknown;
}

/** An act that isn't about one token. */
export interface Act {
  readonly icon: IconName;
  readonly words: string;
  /** Other words that somebody may look for. */
  readonly also?: string;
  /** Whether it ends something: nobody should choose it without meaning to, so it stands apart in the menu of a row. */
  readonly danger?: boolean;
  /** What it is about now, beside the words. */
  readonly note?: (app: App) => string;
  /** Why it isn't possible now. */
  readonly impossible?: (app: App) => string | null;
  readonly run: (app: App) => unknown;
}

/** An act about one token, or about those that are selected. */
export interface TokenAct extends Omit<Act, "run" | "impossible" | "note"> {
  /** Whether the menu of a row has it. */
  readonly menu: boolean;
  /** What it is called for this token, if that depends on it. */
  readonly wordsFor?: (row: RowView) => string;
  readonly impossible?: (app: App, row: RowView) => string | null;
  readonly run: (app: App, row: RowView) => unknown;
  /** What it does and is called when several are selected. */
  readonly several?: Pick<Act, "words" | "impossible" | "run">;
}

export type ListAct =
  | Exclude<KeyCommand, TokenActId | "preferences">
  | "revokeExpired"
  | "rotateExpiring"
  | "selectDown"
  | "selectUp"
  | "selectNone"
  | "clear"
  | "closeDetails";
export type TokenActId =
  | "open"
  | "select"
  | "decide"
  | "note"
  | "rotate"
  | "like"
  | "copyName"
  | "copyId"
  | "activityOf"
  | "withdraw"
  | "revoke";
export type WindowAct =
  | "switch"
  | "allConnections"
  | "connect"
  | "edit"
  | "signIn"
  | "disconnect"
  | "stop"
  | "news"
  | "incidents"
  | "practiceLeak"
  | "practiceRotation"
  | "extend"
  | "zoomIn"
  | "zoomOut"
  | "zoomReset"
  | "closeWindow"
  | "quit"
  | "guide";
export type CommandId =
  TokenActId | ListAct | WindowAct | OwnAct | PreferenceAct | Exclude<Screen, "found">;

/** Every act that isn't about one token, in the order in which they are listed. */
export const acts: Readonly<Record<Exclude<CommandId, TokenActId>, Act>> = {
  ...listActs,
  ...windowActs,
  ...screenActs,
  ...preferenceActs,
};
export const tokenActs = rowActs;

/** Keys that the shell or the list takes for itself. */
const OTHER_KEYS: Readonly<Partial<Record<CommandId, string>>> = {
  selectDown: "Shift+ArrowDown",
  selectUp: "Shift+ArrowUp",
  switch: `${connectionKey(1)}–${connectionKey(ALL_CONNECTIONS - 1)}`,
  allConnections: connectionKey(ALL_CONNECTIONS),
  zoomIn: "Ctrl++",
  zoomOut: "Ctrl+−",
  zoomReset: "Ctrl+0",
  closeWindow: "Ctrl+W",
  quit: "Ctrl+Q",
};

/** The keys of an act; empty if it has none. One after the other is written with a hyphen, a range with a dash. */
export function keysFor(id: CommandId): string {
  if (id in SCREENS) return `G-${SCREENS[id as keyof typeof SCREENS]}`;
  return { ...OTHER_KEYS, ...OWN_KEYS }[id] ?? keysOf(id);
}
