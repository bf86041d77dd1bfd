/** All text of the page. What went wrong is said by the shell, where the error is defined. */
import type {
  ChipName,
  ClipboardStateView,
  ConnectionView,
  EnvironmentName,
  FindingView,
  LooseEndName,
  MethodName,
  NewsView,
  OutcomeName,
  SeverityName,
  SortName,
  StorageName,
  ViewName,
} from "./ipc";

export const number = new Intl.NumberFormat("en");
export const count = (n: number, one: string, many = `${one}s`) =>
  `${number.format(n)} ${n === 1 ? one : many}`;

const chips: Record<ChipName, string> = {
  recent: "Recent",
  idle: "Idle",
  stale: "Stale",
  new: "New",
  noUse: "No use recorded",
  unreadable: "Not readable",
  notReported: "Not reported",
  expired: "Expired",
  revoked: "Revoked",
  thisApp: "This app",
};

const environments: Record<EnvironmentName, string> = {
  production: "Production",
  staging: "Staging",
  development: "Development",
};

const views: Record<ViewName, string> = {
  all: "All",
  attention: "Needs attention",
  stale: "Stale",
  noUse: "No use recorded",
  expiringSoon: "Expiring soon",
  noExpiry: "No expiry",
  expired: "Expired",
};

const columns: Record<SortName, string> = {
  name: "Name",
  use: "Use",
  expires: "Expires",
  created: "Created",
  lastUsed: "Last used",
};

const sortedBy: Record<SortName, string> = {
  name: "name",
  use: "use",
  expires: "expiry",
  created: "date created",
  lastUsed: "last used",
};

const severities: Record<SeverityName, string> = {
  high: "High severity",
  medium: "Medium severity",
  low: "Low severity",
};

const methods: Record<MethodName, string> = {
  apiToken: "an API token",
  session: "a session",
};

const keptIn: Record<StorageName, string> = {
  keychain: "kept in the keychain",
  session: "for this session only",
};

const clipboard: Record<ClipboardStateView, string> = {
  cleared: "The clipboard was cleared. The value is still here until you close this window.",
  replaced: "Something else was copied since, so the clipboard was left alone.",
  failed: "The clipboard could not be cleared. Copy something else to replace the token there.",
};

const stays =
  "Tokens on the server stay as they are, and so does this app’s journal of what was created and revoked.";

const revoked: Record<OutcomeName, (name: string) => string> = {
  revoked: (name) => `Revoked “${name}”.`,
  alreadyGone: (name) => `“${name}” was already gone.`,
};

export const m = {
  number: number.format,
  cancel: "Cancel",
  close: "Close",
  retry: "Retry",
  sandbox: "Sandbox",
  numbered: (name: string, n: number) => `${name} (${n})`,

  title: "API tokens",
  explanation: "Tokens let the CLI, CI/CD and integrations call the Entri API without a password.",
  createToken: "Create token",
  onlyManagers: "Only owners and admins can create and revoke tokens.",
  settings: "Settings",
  chips,
  environments,
  views,
  columns,
  notKnown: "–",
  about: (n: number) => `~${number.format(n)}`,
  partialCount: "The list may be incomplete. There may be more, or fewer.",
  unreadableCount: "Some dates could not be read. There may be more.",
  /** A count of tokens in a list. One is not final where the list may be incomplete, or where it rests on
   * dates and some cannot be read: there may be more, or fewer. */
  counted: (n: number, final: boolean) => (final ? number.format(n) : m.about(n)),
  incomplete: "The list may be incomplete.",
  filters: "Filters",
  auditReport: "Audit report",
  watch: "Background checks…",
  activity: "Activity",
  clearFinding: "Show all tokens again",
  search: "Search name, id, project, scope",
  sorted: (sort: SortName) => `Sorted by ${sortedBy[sort]}`,
  /** How many are found of all, as counted. */
  matching: (n: string, all: string, sort: SortName) =>
    `${n} of ${all} · sorted by ${sortedBy[sort]}`,

  menu: {
    label: "Connection menu",
    all: "All connections",
    connections: (n: number) => count(n, "connection"),
    troubled: "Partly loaded",
    refresh: "Refresh",
    connect: "Add a connection…",
    edit: "Name and colour…",
    signIn: "Sign in again…",
    disconnect: "Disconnect…",
  },

  statusBar: {
    label: "Status",
    tokens: (tokens: number, projects: number, complete: boolean) =>
      complete
        ? `${count(tokens, "token")} · ${count(projects, "project")}`
        : `${m.about(tokens)} tokens · ${m.about(projects)} projects`,
    asOf: (time: string) => `As of ${time}`,
    news: ({ new: fresh, gone, since }: NewsView) => {
      const parts = [
        fresh > 0 && `${number.format(fresh)} new`,
        gone > 0 && `${number.format(gone)} vanished`,
      ];
      return `${parts.filter(Boolean).join(", ")} since ${since}`;
    },
    refreshing: (loaded: number) =>
      loaded > 0 ? `Refreshing… ${number.format(loaded)}` : "Refreshing…",
    stop: "Stop refreshing",
    signedIn: ({ method, user, role, storage }: ConnectionView) => {
      const who = user === null ? methods[method] : role === null ? user : `${user} (${role})`;
      return `Signed in ${user === null ? "with" : "as"} ${who} · ${keptIn[storage]}`;
    },
    shortcuts: "shortcuts",
  },

  banner: {
    offline: (time: string) => `Offline copy from ${time}.`,
    notLoaded: "The list could not be loaded.",
    asOf: (time: string) => `The list is as of ${time}.`,
    signIn: "Sign in again",
    credential: "Nobody is signed in, so the list cannot be refreshed.",
  },

  looseEnds: {
    label: "Tokens to decide on",
    kinds: {
      unclear:
        "It is not known whether this token was created: the answer was lost. It is looked for with every refresh, and never created a second time.",
      valueLost:
        "This token exists, but its value was lost with the answer. Revoke it and create a new one.",
      neverHandedOver:
        "This token is live, and nobody was given its value before the app or its window was closed. Revoke it, or keep it if you know better.",
    } satisfies Record<LooseEndName, string>,
    perhaps:
      "The answer was lost, and no token of this name is there. A server may change the name, so any new token may be the one. Revoke what nobody knows, or keep them.",
    revoke: "Revoke…",
    keep: "Keep",
  },

  empty: {
    none: "No tokens yet",
    noneText: "Tokens of the organization and of its projects appear here.",
    noMatch: "No token matches",
    noMatchText: "No token fits all words of the search and the filter.",
    clear: "Clear search and filter",
    noPermission: "No permission to see tokens",
    noPermissionText: "Only owners and admins can see and manage the tokens of an organization.",
    notLoaded: "Nothing loaded yet",
    notLoadedText: "The list appears here as soon as the server answers.",
    loading: "Loading tokens…",
  },

  details: {
    label: "Token details",
    close: "Close details",
    place: "Belongs to",
    scopes: "Scopes",
    noScopes: "None listed",
    created: "Created",
    by: (who: string) => `by ${who}`,
    expires: "Expires",
    lastUsed: "Last used",
    lastListed: "Last listed",
    notRead: "The list that lacks it could not be read whole.",
    preview: "Value",
    id: "Id",
    findings: (n: number) => (n === 0 ? "No findings" : count(n, "finding")),
    severities,
    standards: ({ decided, standards }: FindingView) =>
      [...(decided ? ["Decided on"] : []), standards].filter((it) => it !== "").join(" · "),
    decision: (date: string) => `Decided on ${date}`,
    withdraw: "Take it back",
    decide: "Keep until…",
    activity: "Its activity",
    like: "New like this…",
    revoke: "Revoke…",
    alreadyRevoked: "This token is revoked already.",
    revoking: "Revoking…",
  },

  create: {
    title: "Create token",
    submit: "Create token",
    busy: "Creating…",
    recipes: "Fill in for",
    name: "Name",
    nameHint: "Where will it be used? One token per place makes it easy to revoke just that one.",
    expires: "Expires",
    days: (days: number) => (days === 7 ? "7 days" : String(days)),
    daysLabel: (days: number) => `${days} days`,
    date: "Date…",
    dateLabel: "Expiry date",
    never: "Never",
    place: "Belongs to",
    organization: "Organization",
    archived: (name: string) => `${name} (archived)`,
    scopes: "Scopes",
    addScope: "Add a scope",
    removeScope: (scope: string) => `Remove ${scope}`,
    refreshFirst: "Refresh the list",
    refreshed: "The list is fresh. If the token is not in it, create it again.",
    signedIn: "Signed in again. Nothing was sent meanwhile: create the token now.",
    connection: "Connection",
  },

  created: {
    notCopied: (name: string) => `Created “${name}”. Not copied yet.`,
    copied: (name: string, time: string) => `Created “${name}”. Copied ${time}.`,
    handedOver: (name: string, time: string) => `Created “${name}”. Handed over ${time}.`,
    once: "Entri shows this value once and keeps only a hash. When you close this window it is gone.",
    unreadable:
      "Entri answered in a form this app does not know. The raw answer is kept here until you close.",
    value: "Token value",
    hold: "Hold to reveal",
    copy: "Copy",
    copyAgain: "Copy again",
    clipboardHint: (seconds: number) =>
      `Copied text is kept out of clipboard history and cleared after ${seconds} seconds. Keep the app open until you have pasted it.`,
    checked: (seconds: number) =>
      `Checked: the clipboard holds this token. Clears in ${seconds} s.`,
    clipboard,
    close: "Close…",
    done: "Done",
    nobody: "Nobody has this value.",
    nobodyText:
      "It was not copied. After closing, nobody can use the token, and it stays in the list until it is revoked.",
    revokeNow: "Revoke it now",
    closeAnyway: "Close anyway",
    back: "Back",
  },

  rowMenu: {
    label: "Menu of the token",
    details: "Show details",
    select: "Select",
    unselect: "Take out of the selection",
    decide: "Keep until…",
    note: "Placement and note…",
    like: "New like this…",
    revoke: "Revoke…",
  },

  selection: {
    label: "Selection",
    count: (n: number) => `${number.format(n)} selected`,
    plan: "Plan revoke…",
    decide: "Keep until…",
    clear: "Clear",
    escape: "Esc clears",
  },

  handOver: {
    title: "Or hand it over without the clipboard",
    ways: { file: "Save to a file…", program: "Send to a program…", snippet: "Show a snippet" },
    fields: { file: "File", program: "Command" },
    hints: {
      file: "Only you can read it. Refused under version control, which is known by a .git or the like above.",
      program:
        "It gets the value on its standard input. No shell is involved. Its output is shown without the value, as far as that is recognized.",
    },
    submit: { file: "Save", program: "Send", snippet: "Copy the snippet" },
    busy: "Handing over…",
    copied: "Copied",
    now: "Now in",
  },

  revoke: {
    title: (name: string) => `Revoke “${name}”?`,
    consequence: "Requests with this token fail at once. This cannot be undone.",
    inUse: "In use, or labelled production. Make sure its replacement works before you revoke it.",
    own: "This app signs in with this token. Once it is revoked, the app can do nothing here until you sign in again.",
    mayBeOwn:
      "This may be the token that this app signs in with: the server does not show which one that is. Make sure that nothing needs it before you revoke it.",
    submitOwn: "Revoke this app’s token",
    usedSince: "Used since this list was loaded.",
    typeName: "Type the name to confirm",
    typeId: "Type the id to confirm: the name is hard to type",
    submit: "Revoke token",
    busy: "Revoking…",
    outcome: revoked,
  },

  disconnect: {
    title: (organization: string) => `Disconnect from ${organization}?`,
    removed: {
      apiToken: {
        keychain: `Removed from this computer: the API token in the keychain, the copy of the list, what was seen of its use and your notes. ${stays}`,
        session: `Removed from this computer: the API token in memory, the copy of the list, what was seen of its use and your notes. ${stays}`,
      },
      session: {
        keychain: `The session is signed out. Removed from this computer: its cookie in the keychain, the copy of the list, what was seen of its use and your notes. ${stays}`,
        session: `The session is signed out. Removed from this computer: its cookie in memory, the copy of the list, what was seen of its use and your notes. ${stays}`,
      },
    } satisfies Record<MethodName, Record<StorageName, string>>,
    removedSandbox: "The sandbox stops, and what was made in it is gone.",
    submit: "Disconnect",
    anyway: "Disconnect anyway",
    busy: "Disconnecting…",
  },

  edit: {
    title: "Name and colour",
    text: (organization: string, host: string) => `${organization} · ${host}`,
    label: "Name",
    environment: "Environment",
    colour: "Colour",
    colours: ["Teal", "Violet", "Red", "Green", "Amber", "Pink"],
    place: "Place in the list",
    submit: "Save",
  },

  help: {
    title: "Keyboard shortcuts",
    note: "Single keys work while the list has the focus.",
    keys: [
      [["/"], "Search"],
      [["↑", "↓", "K", "J"], "Row up, row down"],
      [["PgUp", "PgDn", "Home", "End"], "Move by page, or to an end"],
      [["Enter"], "Show details"],
      [["C", "Ctrl N"], "Create a token"],
      [["Space", "X"], "Select the row, or not"],
      [["Shift ↑", "Shift ↓"], "Select on from the row"],
      [["Ctrl A"], "Select all that are listed"],
      [["D"], "Decide: keep it, or later"],
      [["N"], "Note where it lives, and more"],
      [["Del"], "Revoke the token, or plan it for the selected ones"],
      [["S", "Shift S"], "Sort by the next column, turn the order round"],
      [["G", "T", "A", "J"], "Go to tokens, audit report, activity: G, then the letter"],
      [["Ctrl R"], "Refresh"],
      [["Ctrl 1", "Ctrl 0"], "Show a connection by its number, or all of them"],
      [["Esc"], "Clear the selection, close details, clear search and filter"],
      [["?"], "This help"],
    ] satisfies [string[], string][],
  },

  notices: {
    label: "Messages",
    close: "Close message",
    undo: "Undo",
  },
};
