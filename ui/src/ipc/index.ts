/** The page's only way to the shell: its commands, and its events. */
import { commands, events } from "./bindings";
import type {
  BulkRevokeProgressView,
  ClipboardView,
  ErrorView,
  KeyView,
  StatusView,
} from "./bindings";

export type * from "./bindings";

/** Whether both name the same token. */
export const sameKey = (a: KeyView | null | undefined, b: KeyView | null | undefined) =>
  a?.id === b?.id && a?.connection === b?.connection;

/** The connection with this id, if there is one. */
export const byId = ({ connections }: StatusView, id: number | null) =>
  connections.find((connection) => connection.id === id) ?? null;

/** Whether every date can be read and every use is recorded; else no count that rests on dates is final. */
export const datesKnown = ({ unreadable, frozen }: StatusView) => unreadable === 0 && frozen === 0;

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: ErrorView };

/** What a command throws: the shell's sentence, and a code where the page acts on it. */
export class Failure extends Error {
  readonly code: ErrorView["code"];

  constructor(error: ErrorView) {
    super(error.message);
    this.code = error.code;
  }
}

/** Turns whatever was thrown into something that can be shown. */
export function failure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure({ code: "internal", message: String(thrown) });
}

/** Whether what failed can go on once somebody has signed in again. */
export const needsSignIn = (code: ErrorView["code"]) =>
  code === "unauthorized" || code === "credential";

/** What each command said when it failed, until it succeeds. */
const failed: Record<string, string[]> = {};
let mended: (text: string) => void = () => undefined;

/** Calls `heard` with what a command said when it failed, once the same one succeeds. */
export const whenMended = (heard: typeof mended) => (mended = heard);

async function unwrap<T>(name: string, answer: Promise<Answer<T>>): Promise<T> {
  const result = await answer;
  if (result.status === "error") {
    if (result.error.code === "pageLost") location.reload();
    (failed[name] ??= []).push(result.error.message);
    throw new Failure(result.error);
  }
  failed[name]?.splice(0).forEach(mended);
  return result.data;
}

/** A command as the page calls it: with its own arguments, for its data, or throwing a [`Failure`]. */
type Calls<Commands> = {
  readonly [Name in keyof Commands]: Commands[Name] extends (
    ...args: infer Args
  ) => Promise<Answer<infer Data>>
    ? (...args: Args) => Promise<Data>
    : never;
};

/** Every command of the shell. */
export const call = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [
    name,
    (...args: never[]) =>
      unwrap(name, (command as (...args: never[]) => Promise<Answer<unknown>>)(...args)),
  ]),
) as Calls<typeof commands>;

/** Calls `heard` with each new state of the list; the answer ends it. */
export const onChanged = (heard: (status: StatusView) => void) =>
  listening(events.changed.listen((event) => heard(event.payload)));

/** Calls `heard` when a copy was taken off the clipboard, or could not be; the answer ends it. */
export const onClipboard = (heard: (clipboard: ClipboardView) => void) =>
  listening(events.clipboard.listen((event) => heard(event.payload)));

/** Calls `heard` with how far a bulk revoke is; the answer ends it. */
export const onBulkRevoke = (heard: (progress: BulkRevokeProgressView) => void) =>
  listening(events.bulkRevoke.listen((event) => heard(event.payload)));

/** Calls `heard` when somebody clicked on a notification: the next start brings what it is about. */
export const onWatchOpened = (heard: () => void) => listening(events.watchOpened.listen(heard));

/** Calls `heard` with how large the page is drawn now, in percent, whenever that changes; the answer ends it. */
export const onZoomed = (heard: (percent: number) => void) =>
  listening(events.zoomed.listen((event) => heard(event.payload)));

function listening(ready: Promise<() => void>): () => void {
  return () => void ready.then((stop) => stop());
}
