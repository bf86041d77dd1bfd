/** What connections are called, so that no two are taken for each other. */
import type { ConnectionView } from "../ipc";
import { m } from "../messages";

type Saying = (connection: ConnectionView) => string;

/** What it is for, and where it is. */
export const placeOf: Saying = ({ environment, host, sandbox }) =>
  sandbox ? m.sandbox : `${m.environments[environment]} · ${host}`;

const labelled: Saying = ({ label }) => label;
const hosted: Saying = ({ label, host }) => `${label} · ${host}`;
const placed: Saying = (connection) => `${connection.label} · ${placeOf(connection)}`;

/** Its name in a list of them: its label, with the host where another has the same one. */
export const nameOf = (one: ConnectionView, all: readonly ConnectionView[]) =>
  toldApart([labelled, hosted], one, all);

/** Its name with what it is for and where it is. */
export const lineOf = (one: ConnectionView, all: readonly ConnectionView[]) =>
  toldApart([placed], one, all);

/** Why the lists of these may be incomplete, each with its connection where there are several. */
export function gapsOf(of: readonly ConnectionView[], all: readonly ConnectionView[]): string[] {
  const said = (one: ConnectionView, gap: string) =>
    of.length > 1 ? `${nameOf(one, all)}: ${gap}` : gap;
  return of.flatMap((one) => one.gaps.map((gap) => said(one, gap)));
}

/** The first that is said of no other; with its number in the connection menu where all are. */
function toldApart(
  sayings: readonly Saying[],
  one: ConnectionView,
  all: readonly ConnectionView[],
): string {
  const own = (say: Saying) => all.every((it) => it.id === one.id || say(it) !== say(one));
  const fullest = sayings.at(-1) ?? labelled;
  const number = all.findIndex(({ id }) => id === one.id) + 1;
  return sayings.find(own)?.(one) ?? m.numbered(fullest(one), number);
}
