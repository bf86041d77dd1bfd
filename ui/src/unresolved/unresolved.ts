/** Acts that didn’t finish, and the place above the list of tokens where each can be settled. */
import type { StatusView } from "../ipc";

/** What an act is called in both places. */
export const actId = (connection: number, number: number) =>
  `${String(connection)}-${String(number)}`;

/** The acts that somebody can settle now. */
export function unresolved({ unresolved, bulkRevokes }: StatusView): Set<string> {
  return new Set([
    ...unresolved.map(({ id }) => actId(id.connection, id.attempt)),
    ...bulkRevokes.map(({ connection, number }) => actId(connection, number)),
  ]);
}

let wanted: string | null = null;

/** The place of this act takes the focus once it is there. */
export function focusPlaceOf(act: string): void {
  wanted = act;
}

/** For the place of an act. */
export function placeOf(act: string) {
  return (place: HTMLElement) => {
    if (wanted !== act) return;
    wanted = null;
    place.focus();
  };
}
