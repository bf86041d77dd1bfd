import type { RowView } from "../ipc";
import type { MenuItem } from "../menu/menu";
import { keysFor, tokenActs } from "./table";
import type { App, TokenAct, TokenActId } from "./table";

/** What can be done with one row, whatever is selected. */
export const rowItems = (app: App, row: RowView): MenuItem[] =>
  (Object.entries(tokenActs) as [TokenActId, TokenAct][])
    .filter(([, { menu }]) => menu)
    .map(([id, { icon, words, wordsFor, danger = false, impossible, run }]) => ({
      icon,
      label: wordsFor?.(row) ?? words,
      keys: keysFor(id),
      danger,
      impossible: impossible?.(app, row) ?? null,
      act: () => void run(app, row),
    }));
