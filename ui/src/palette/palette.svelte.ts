/** What the palette shows for what was typed, and which of it the keyboard is on. */
import * as ipc from "../ipc";
import type { QueryRequest, RowView, SavedView } from "../ipc";
import { FIRST_CRITERIA } from "../question";
import { fit } from "./fuzzy";
import type { Fit } from "./fuzzy";
import { actionsFor, commands, connections, token, tokenItem, views } from "./items";
import type { Item } from "./items";
import { paletteText as t } from "./messages";
import type { App } from "../commands/table";

export interface Hit extends Item {
  /** The letters of its words that were typed. */
  readonly at: readonly number[];
}

interface Group {
  readonly title: string;
  readonly hits: readonly Hit[];
}

/** Tokens that are shown at most; the list is there for more. */
const TOKENS = 6;
const RECENT = 5;
/** What counts more than a better fit: that it was chosen a while ago. */
const CHOSEN = 4;
/** What counts less: that it isn’t possible now. */
const CLOSED = 2;

/** What was chosen in this run, latest first. */
let recent: readonly string[] = [];

export class Palette {
  text = $state("");
  /** The token whose actions are shown. */
  about = $state.raw<RowView | null>(null);
  /** Why no token can be found. */
  failed = $state<string | null>(null);
  /** Why what was chosen last isn’t possible; until something else is typed, or moved to. */
  refused = $state<string | null>(null);
  #saved = $state.raw<readonly SavedView[]>([]);
  /** The tokens that were found, and for what. */
  #found = $state.raw<{ typed: string; rows: readonly RowView[] }>({ typed: "", rows: [] });
  /** What the keyboard was moved to, since something was typed. */
  #on = $state<string | null>(null);
  /** What was typed before a token's actions were shown. */
  #before = "";
  #asked = 0;
  #asking: Promise<unknown> = Promise.resolve();
  readonly #app: () => App;

  constructor(app: () => App) {
    this.#app = app;
    ipc.call.savedList().then(
      (views) => (this.#saved = views),
      () => undefined,
    );
  }

  readonly groups: readonly Group[] = $derived.by(() =>
    this.#all().filter(({ hits }) => hits.length > 0),
  );
  readonly hits: readonly Hit[] = $derived(this.groups.flatMap(({ hits }) => hits));
  /** The one that Enter chooses: at first the best; where nothing is typed, the first that can be chosen and does no harm. */
  readonly active: Hit | undefined = $derived(
    this.hits.find(({ id }) => id === this.#on) ??
      (this.text.trim() === "" ? this.hits.find(isHarmless) : this.hits[0]),
  );

  #all(): Group[] {
    const app = this.#app();
    if (this.about !== null)
      return [
        {
          title: t.actionsFor(this.about.name),
          hits: this.#ranked(actionsFor(app, this.about)),
        },
      ];
    const all = {
      commands: commands(app),
      views: views(app, this.#saved),
      connections: connections(app),
    };
    const groups = [
      { title: t.commands, hits: this.#ranked(all.commands) },
      { title: t.tokens, hits: this.#tokens(app) },
      { title: t.views, hits: this.#ranked(all.views) },
      { title: t.connections, hits: this.#ranked(all.connections) },
    ];
    if (this.text.trim() !== "") return groups;
    const again = Object.values(all)
      .flat()
      .filter(({ id, impossible }) => recent.includes(id) && impossible === null)
      .sort((a, b) => recent.indexOf(a.id) - recent.indexOf(b.id))
      .map((item) => ({ ...item, at: [] }));
    const others = groups.map(({ title, hits }) => ({
      title,
      hits: hits.filter(({ id }) => !again.some((it) => it.id === id)),
    }));
    return [{ title: t.recent, hits: again }, ...others];
  }

  /** Until there is an answer to what is typed now, those of the last one that fit. */
  #tokens(app: App): Hit[] {
    const { typed, rows } = this.#found;
    const items = rows.map((row) => token(app, row));
    const ranked = this.#ranked(items);
    // The shell also finds what only looks alike.
    const others = items.filter(({ id }) => !ranked.some((hit) => hit.id === id));
    return typed === this.text.trim()
      ? [...ranked, ...others.map((item) => ({ ...item, at: [] }))]
      : ranked;
  }

  /** Those that fit, the best first; before anything is typed, those that are possible now. */
  #ranked(items: readonly Item[]): Hit[] {
    const typed = this.text.trim();
    return items
      .map((item) => ({ item, fits: fits(item, typed) }))
      .filter((it): it is { item: Item; fits: Fit } => it.fits !== null)
      .map((it) => ({ ...it, score: it.fits.score + worth(it.item) }))
      .sort((a, b) => (typed === "" ? closed(a.item) - closed(b.item) : b.score - a.score))
      .map(({ item, fits }) => ({ ...item, at: fits.at }));
  }

  type(text: string): void {
    this.text = text;
    this.#on = this.refused = this.failed = null;
    this.#asking = this.#ask(text.trim());
  }

  /** Goes on by so many, and from the last one to the first. */
  move(by: number): void {
    const { hits } = this;
    if (hits.length === 0) return;
    const to = hits.findIndex(({ id }) => id === this.active?.id) + by;
    const step = Math.abs(by) === 1;
    const at = step ? (to + hits.length) % hits.length : Math.min(Math.max(to, 0), hits.length - 1);
    this.point(hits[at]?.id ?? null);
  }

  point(id: string | null): void {
    this.#on = id;
    this.refused = null;
  }

  /** Shows what can be done with the token that the keyboard is on. */
  show(): void {
    const row = this.active?.row;
    if (row === undefined) return;
    this.#before = this.text;
    this.about = row;
    this.type("");
  }

  /** Shows everything again that was found; whether only a token's actions were shown. */
  back(): boolean {
    const { about } = this;
    if (about === null) return false;
    this.about = null;
    this.type(this.#before);
    this.#on = tokenItem(about);
    return true;
  }

  /** What Enter chooses: where nothing is found yet, what the shell still looks for. */
  async chosen(): Promise<Hit | undefined> {
    if (this.active === undefined) await this.#asking;
    return this.active;
  }

  /** Remembers that it was chosen. */
  remember({ id, row }: Item): void {
    if (row === undefined && this.about === null)
      recent = [id, ...recent.filter((it) => it !== id)].slice(0, RECENT);
  }

  /** Looks for tokens by name and id, and where few are found for the letters alone. */
  async #ask(typed: string): Promise<void> {
    if (this.about !== null) return;
    this.#asked += 1;
    const asked = this.#asked;
    const words = typed.split(/[\s"]+/).filter((word) => word !== "");
    if (words.length === 0) return void (this.#found = { typed, rows: [] });
    const terms = (key: string, of = (word: string) => word) =>
      query(words.map((word) => `${key}:${of(word)}`).join(" "));
    try {
      let rows = unique((await Promise.all([terms("name"), terms("id")])).flat());
      if (rows.length < TOKENS && asked === this.#asked) {
        const loose = await terms("name", scattered);
        rows = unique([...rows, ...loose.filter(({ name }) => fit(name, typed) !== null)]);
      }
      if (asked === this.#asked) this.#found = { typed, rows: rows.slice(0, TOKENS) };
    } catch (thrown) {
      if (asked === this.#asked) this.failed = ipc.failure(thrown).message;
    }
  }
}

const closed = ({ impossible }: Item) => (impossible === null ? 0 : CLOSED);
const worth = (item: Item) => (recent.includes(item.id) ? CHOSEN : 0) - closed(item);

/** Each word that was typed, in what it is called or in what else it is known by: a token by its id. */
function fits({ words, also }: Item, typed: string): Fit | null {
  const known = also.toLowerCase().split(" ");
  return typed.split(/\s+/).reduce<Fit | null>(
    (all, word) => {
      const [own, other] = [fit(words, word), otherwise(known, word.toLowerCase())];
      const best =
        other !== null && other > (own?.score ?? -Infinity) ? { score: other, at: [] } : own;
      return all && best && { score: all.score + best.score, at: [...all.at, ...best.at] };
    },
    { score: 0, at: [] },
  );
}

/**
 * What another word counts for each letter: almost what it would if it were its own, and as the beginning of one more
 * than letters that are there by chance. It marks nothing.
 */
function otherwise(known: readonly string[], word: string): number | null {
  if (word === "" || !known.some((it) => it.startsWith(word))) return null;
  return word.length * (known.includes(word) ? 10 : 7) - 2;
}

const isHarmless = ({ impossible, danger }: Item) => impossible === null && danger !== true;

const scattered = (word: string) => `*${word.replaceAll("*", "").split("").join("*")}*`;

async function query(text: string): Promise<readonly RowView[]> {
  const request: QueryRequest = {
    ...FIRST_CRITERIA,
    text,
    rule: null,
    top: 0,
    len: TOKENS,
    seq: 0,
    anchor: null,
    findings: false,
  };
  return (await ipc.call.tokensQuery(request)).rows;
}

const unique = (rows: readonly RowView[]) =>
  rows.filter((row, at) => rows.findIndex(({ key }) => ipc.sameKey(key, row.key)) === at);
