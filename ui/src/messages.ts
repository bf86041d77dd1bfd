/** All text of the page. What went wrong is reported by the shell, where the error is defined. */
import type {
  Chip,
  ColumnName,
  ConnectionView,
  Environment,
  FindingView,
  Method,
  NewsView,
  Reached,
  RevokeOutcome,
  RotationRole,
  Severity,
  Sort,
  CredentialStorage,
  View,
} from "./ipc";

export const number = new Intl.NumberFormat("en");
export const count = (n: number, one: string, many = `${one}s`) =>
  `${number.format(n)} ${n === 1 ? one : many}`;

const chips: Record<Chip, string> = {
  recent: "Recent",
  idle: "Idle",
  stale: "Stale",
  new: "New",
  noUse: "Never used",
  unreadable: "Not readable",
  frozen: "Unknown",
  notReported: "Unknown",
  expired: "Expired",
  revoked: "Revoked",
  thisApp: "Used by this app",
};

const chipTitles: Partial<Record<Chip, string>> = {
  idle: "Not used lately",
  stale: "Unused for longer than the policy allows",
};

const environments: Record<Environment, string> = {
  production: "Production",
  staging: "Staging",
  development: "Development",
};

const views: Record<View, string> = {
  all: "All",
  attention: "Needs attention",
  stale: "Stale",
  noUse: "Never used",
  expiringSoon: "Expiring soon",
  noExpiry: "No expiry",
  expired: "Expired",
};

const columns: Record<Sort | ColumnName, string> = {
  name: "Name",
  project: "Project",
  createdBy: "Created by",
  scopes: "Scopes",
  findings: "Findings",
  use: "Usage",
  expires: "Expires",
  created: "Created",
  lastUsed: "Last used",
};

const severities: Record<Severity, string> = {
  high: "High",
  medium: "Medium",
  low: "Low",
};

const methods: Record<Method, string> = {
  apiToken: "API token",
  session: "browser session",
};

const keptIn: Record<CredentialStorage, string> = {
  keychain: "saved in keychain",
  memory: "this session only",
};

const revoked: Record<RevokeOutcome, (name: string) => string> = {
  revoked: (name) => `Revoked “${name}”.`,
  alreadyGone: (name) => `“${name}” had already been revoked.`,
};

export const m = {
  number: number.format,
  cancel: "Cancel",
  close: "Close",
  browse: "Browse…",
  retry: "Retry",
  sandbox: "Sandbox",
  numbered: (name: string, n: number) => `${name} (${n})`,

  title: "API tokens",
  explanation: "Tokens let the CLI, CI/CD and integrations call the Entri API.",
  actions: "Actions",
  createToken: "Create token",
  onlyManagers: "Only owners and admins can create or revoke tokens.",
  settings: "Tools",
  chips,
  chipTitles,
  environments,
  views,
  columns,
  creatorLeft: "no longer a member",
  notKnown: "–",
  noFindings: "None",
  moreFindings: (n: number) => `and ${number.format(n)} more`,
  about: (n: number) => `~${number.format(n)}`,
  partialCount: "The list may be incomplete, so this count may change.",
  attention:
    "Found by a scan, stale, never used, expiring soon, or in a rotation that’s stuck. The audit report has all findings.",
  unreadableCount: "Some dates aren’t known. There may be more.",
  /** A count of tokens in a list. One is not final where the list may be incomplete, or where it rests on
   * dates and some cannot be read: there may be more, or fewer. */
  counted: (n: number, final: boolean) => (final ? number.format(n) : m.about(n)),
  incomplete: "The list may be incomplete.",
  filters: "Filters",
  copied: "Copied.",
  leaks: "Find leaked tokens",
  incidents: "Open incidents",
  rotations: "Rotations",
  chooseToRotate: "Select a token, then choose Rotate…",
  leaked: "Leaked",
  leakedTitle: "Its value was found where it shouldn’t be.",
  rotating: { old: "Being replaced", new: "Replacement" } satisfies Record<RotationRole, string>,
  auditReport: "Audit report",
  preferences: "Preferences",
  activity: "Activity",
  found: "I found a token",
  clearFinding: "Clear this filter",
  search: "Search name, ID, project, scope",
  listed: (n: string) => `${n} tokens`,
  /** How many are found of all, as counted, and how many words of the search do nothing. */
  matching: (n: string, all: string, ignored: number) =>
    `${n} of ${all} tokens${ignored > 0 ? ` · ${count(ignored, "term")} ignored` : ""}`,

  menu: {
    label: "Switch connection",
    all: "All connections",
    connections: (n: number) => count(n, "connection"),
    troubled: "Partly loaded",
    refresh: "Refresh",
    connect: "Add a connection…",
    edit: "Edit connection…",
    signIn: "Sign in again…",
    disconnect: "Disconnect…",
  },

  statusBar: {
    label: "Status",
    tokens: (tokens: number, projects: number, complete: boolean) =>
      complete
        ? `${count(tokens, "token")} · ${count(projects, "project")}`
        : `${m.about(tokens)} tokens · ${m.about(projects)} projects`,
    asOf: (time: string) => `Updated ${time}`,
    refresh: (title: string) => `${title}\nClick to refresh`,
    news: ({ new: fresh, gone, since }: NewsView) => {
      const parts = [
        fresh > 0 && `${number.format(fresh)} new`,
        gone > 0 && `${number.format(gone)} removed`,
      ];
      return `${parts.filter(Boolean).join(", ")} since ${since}`;
    },
    refreshing: (loaded: number) =>
      loaded > 0 ? `Refreshing… ${number.format(loaded)} tokens` : "Refreshing…",
    stop: "Stop refreshing",
    signedIn: ({ method, user, role, storage }: ConnectionView) => {
      const who = user === null ? methods[method] : role === null ? user : `${user} (${role})`;
      return `Signed in ${user === null ? "with" : "as"} ${who} · ${keptIn[storage]}`;
    },
    signedOut: "Signed out",
    commands: "commands",
    shortcuts: "shortcuts",
  },

  banner: {
    notLoaded: "Couldn’t load tokens.",
    /** By which servers could be reached. */
    asOf: {
      all: (time) => `Showing tokens from ${time}.`,
      some: (time) => `Some tokens are from ${time}.`,
      none: (time) => `Offline. Showing tokens from ${time}.`,
    } satisfies Record<Reached, (time: string) => string>,
    signIn: "Sign in again",
    credential: "You’re signed out. Sign in to refresh.",
  },

  empty: {
    none: "No tokens yet",
    noneText: "Organization and project tokens will appear here.",
    noMatch: "No matching tokens",
    noMatchText: "Try fewer search terms or another filter.",
    clear: "Clear search and filters",
    noPermission: "You can’t view tokens",
    noPermissionText: "Ask an owner or admin of this organization for access.",
    notLoaded: "Waiting for the server",
    notLoadedText: "Tokens appear as soon as the server responds.",
    loading: "Loading tokens…",
  },

  details: {
    label: "Token details",
    close: "Close details",
    project: "Project",
    scopes: "Scopes",
    noScopes: "None listed",
    created: "Created",
    by: (who: string) => `by ${who}`,
    expires: "Expires",
    lastUsed: "Last used",
    lastListed: "Last listed",
    notRead: "The list without it was incomplete.",
    preview: "Value (part)",
    id: "ID",
    findings: (n: number) => (n === 0 ? "No findings" : count(n, "finding")),
    severities,
    standards: ({ decided, standards }: FindingView) =>
      [...(decided ? ["Accepted"] : []), standards].filter((it) => it !== "").join(" · "),
    decision: (date: string) => `Accepted on ${date}`,
    withdraw: "Undo decision",
    decide: "Keep until…",
    activity: "View activity",
    like: "Duplicate…",
    revoke: "Revoke…",
    alreadyRevoked: "Already revoked.",
    other: { old: "Show the new token", new: "Show the old token" } satisfies Record<
      RotationRole,
      string
    >,
    revoking: "Revoking…",
  },

  list: {
    hidden: "The new token doesn’t match the current filter.",
    show: "Show it",
  },

  selectAll: "Select all",

  revoked,

  notices: {
    label: "Notifications",
    close: "Dismiss",
    undo: "Undo",
  },
};
