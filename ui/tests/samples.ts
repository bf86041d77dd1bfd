/** What the shell would answer about an organization of any size. */
import type {
  BulkRevokePlanView,
  ConnectionView,
  CountsView,
  DetailsView,
  HistoryView,
  KeyView,
  QueryRequest,
  QueryView,
  RevokePreviewView,
  RowView,
  Setting,
  Settings,
  SettingsView,
  StartView,
  StatusView,
  WatchView,
  When,
} from "../src/ipc";

export const when = (text: string): When => ({
  text,
  title: `${text}, 03:00 UTC`,
  local: `${text}, 04:00 UTC+1`,
  muted: false,
});

/** Names the token at a position. */
export const key = (position: number | string, connection = 1): KeyView => ({
  connection,
  id: `t-${position}`,
});

export function row(position: number): RowView {
  return {
    key: key(position),
    name: `token-${position}`,
    project: "Organization",
    createdBy: "—",
    creatorLeft: false,
    scopes: "None listed",
    chip: "stale",
    expires: { text: "None", title: null, local: null, muted: true },
    created: when("17 Jan 2025"),
    lastUsed: when("7 months ago"),
    decision: null,
    rotation: null,
    leaked: false,
    findings: null,
    selected: false,
  };
}

export function bulkRevokePlan(needsCount = false): BulkRevokePlanView {
  const planned = (position: number) => ({
    key: key(position),
    name: `token-${position}`,
    lastUsed: when("7 months ago"),
    reasons: ["Unused for 219 days (limit 90)."],
    needsCare: needsCount && position === 0,
    kept: false,
  });
  const tokens = [planned(0), planned(1)];
  return { id: 5, tokens, kept: [], needsCount, mayHaveOwn: false, ownLeftOut: false, more: 0 };
}

export function counts(all: number): CountsView {
  return { all, attention: 11, stale: 6, noUse: 3, expiringSoon: 2, noExpiry: 17, expired: 0 };
}

/** The answer of an organization with `total` tokens, named by their position. */
export function answer(
  { top, len, seq, anchor }: Pick<QueryRequest, "top" | "len" | "seq" | "anchor">,
  total = 48,
): QueryView {
  const length = Math.max(0, Math.min(len, total - top));
  const index = anchor === null ? -1 : Number(anchor.id.slice(2));
  return {
    generation: 1,
    seq,
    total,
    top,
    rows: Array.from({ length }, (_, at) => row(top + at)),
    counts: counts(total),
    selected: 0,
    selectedHere: 0,
    selectedOf: [],
    problems: [],
    chosen: [],
    anchorIndex: index >= 0 && index < total ? index : null,
  };
}

let looks = 0;

export function status(change: Partial<StatusView> = {}): StatusView {
  return {
    number: (looks += 1),
    generation: 1,
    minute: 0,
    shown: 1,
    connections: [connection],
    syncing: false,
    loaded: 0,
    asOf: "14:02",
    asOfLocal: "24 Nov 2026, 15:02 UTC+1",
    asOfTitle: "24 Nov 2026, 14:02 UTC",
    complete: true,
    unreadable: 0,
    frozen: 0,
    problems: [],
    lastUsedReported: true,
    reached: "all",
    signedOut: null,
    unresolved: [],
    rotations: 0,
    bulkRevokes: [],
    incidents: 0,
    bulkRevoke: null,
    waiting: null,
    news: null,
    ...change,
  };
}

export const connection: ConnectionView = {
  id: 1,
  label: "Nordlys Apps",
  color: 0,
  host: "app.nt3.io",
  baseUrl: "https://app.nt3.io",
  environment: "production",
  organization: "Nordlys Apps AS",
  sandbox: false,
  storage: "keychain",
  organizationId: "org-1",
  method: "apiToken",
  user: null,
  role: null,
  tokens: 48,
  projects: [{ id: "p-1", name: "Marketing Website", archived: false }],
  troubled: false,
  gaps: [],
  forbidden: false,
};

/** A second one, which differs in all that tells connections apart. */
export const staging: ConnectionView = {
  ...connection,
  id: 7,
  label: "Staging server",
  color: 2,
  host: "entri.staging.example",
  baseUrl: "https://entri.staging.example",
  environment: "staging",
  organization: "Nordlys Staging",
  organizationId: "org-7",
  method: "session",
  user: "kari@nordlys.example",
  role: "owner",
  tokens: 3,
  projects: [
    { id: "p-7", name: "Docs", archived: false },
    { id: "p-8", name: "Old app", archived: true },
  ],
};

export const settings: Settings = {
  theme: "system",
  density: "comfortable",
  textSize: 100,
  zone: "local",
  clearClipboard: 30,
  countdown: 5,
  singleKeys: true,
};

export const changed = (before: Settings, changes: readonly Setting[]): Settings => ({
  ...before,
  ...Object.fromEntries(changes.map(({ name, value }) => [name, value])),
});

export const settingsView = (change: Partial<SettingsView> = {}): SettingsView => ({
  now: settings,
  defaults: settings,
  zone: "UTC+1",
  textSizes: [80, 90, 100, 110, 125, 140, 160, 180, 200],
  problem: null,
  proxy: null,
  version: "0.1.0",
  ...change,
});

export function start(change: Partial<StartView> = {}, total = 48): StartView {
  return {
    address: "https://app.nt3.io",
    list: answer({ top: 0, len: 30, seq: 0, anchor: null }, total),
    status: status(),
    step: null,
    opened: null,
    layout: { columns: [], panel: null },
    settings,
    version: "0.1.0",
    ...change,
  };
}

export function watch(change: Partial<WatchView> = {}): WatchView {
  return {
    hours: null,
    next: null,
    stopped: [],
    waiting: [],
    inTray: false,
    atLogin: false,
    ...change,
  };
}

export function details(key: KeyView): DetailsView {
  return {
    key,
    name: key.id.replace("t-", "token-"),
    project: "Organization",
    chip: "stale",
    scopes: ["translations:read"],
    created: when("17 Jan 2025"),
    createdBy: "Ole Dahl",
    expires: { text: "Never", title: null, local: null, muted: true },
    lastUsed: when("7 months ago"),
    offBy: null,
    lastListed: null,
    preview: null,
    deliveries: [],
    notes: { place: "", note: "" },
    findings: [
      {
        rule: "stale",
        severity: "medium",
        reason: "Unused for 219 days (limit 90).",
        remedy: "Ask the owner, then revoke it.",
        standards: "OWASP NHI1",
        decided: false,
      },
    ],
    decision: null,
    rotation: null,
  };
}

/** Two days of use, two that nobody saw, and silence. */
export function history(change: Partial<HistoryView> = {}): HistoryView {
  const bar = (used: number, unknown: number, title: string) => ({ used, unknown, title });
  return {
    reported: true,
    since: "2 Mar 2026",
    axis: ["2 Mar 2026", "a day each", "5 Mar 2026"],
    bars: [
      bar(100, 0, "2 Mar 2026: used"),
      bar(100, 0, "3 Mar 2026: used"),
      bar(0, 100, "4 Mar 2026: no data"),
      bar(0, 0, "5 Mar 2026: not used"),
    ],
    words: ["Nightly around 03:00 UTC until 3 March, then nothing.", "No data for 1 day."],
    usual: "Nightly around 03:00 UTC until 3 March, then nothing.",
    rehearsals: [],
    ...change,
  };
}

export function plan(
  key: KeyView,
  grade: RevokePreviewView["grade"] = "confirm",
): RevokePreviewView {
  return {
    token: details(key),
    grade,
    mayBeOwn: false,
    production: false,
    rotation: null,
    toType: { byId: false, text: details(key).name },
    seen: { name: details(key).name, created: "1767225600", lastUsed: "1776567600" },
  };
}

/** What the page starts with before there is any connection. */
export const nowhere: StartView = start({
  address: "https://entri.example",
  list: null,
  status: status({ shown: null, connections: [], asOf: null }),
});
