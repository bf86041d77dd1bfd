/** A shell that answers as the real one does, over the page's real bindings. */
import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, vi } from "vitest";

import * as ipc from "../src/ipc";
import type * as views from "../src/ipc";
import { notices } from "../src/notices.svelte";
import {
  activity,
  answer,
  audit,
  cleanupPlan,
  details,
  history,
  key,
  noLog,
  plan,
  start,
  status,
  watch,
} from "./samples";

type Ipc = typeof ipc;
type Command = (...args: never[]) => Promise<unknown>;
type Name = { [K in keyof Ipc]: Ipc[K] extends Command ? K : never }[keyof Ipc];
/** Each command with its own arguments; an answer, or a promise of one. */
type Fake = {
  [K in Name]: Ipc[K] extends (...args: infer Args) => Promise<infer Answer>
    ? (...args: Args) => Answer | Promise<Answer>
    : never;
};

const wire: Record<string, Name> = {
  connections_start: "start",
  connections_connect: "connect",
  connections_continue: "continueConnect",
  connections_send_code: "sendCode",
  connections_give_up: "giveUpAttempt",
  connections_cli_tokens: "cliTokens",
  connections_sign_in_in_window: "signInInWindow",
  connections_open_sandbox: "openSandbox",
  connections_show: "show",
  connections_change: "changeConnection",
  connections_disconnect: "disconnect",
  tokens_query: "query",
  tokens_sync: "sync",
  tokens_stop_sync: "stopSync",
  tokens_details: "details",
  tokens_copy_name: "copyName",
  tokens_copy_id: "copyId",
  tokens_toggle: "toggle",
  tokens_select_rows: "selectRows",
  tokens_select_all: "selectAll",
  tokens_select_none: "selectNone",
  cleanups_plan: "planCleanup",
  cleanups_go_on: "goOnWithCleanup",
  cleanups_tick: "tickPlanned",
  cleanups_copy_result: "copyCleanupResult",
  cleanups_run: "runCleanup",
  cleanups_stop: "stopCleanup",
  cleanups_follow: "followCleanup",
  cleanups_seen: "cleanupSeen",
  cleanups_schedule: "scheduleCleanup",
  cleanups_leave: "leaveCleanup",
  tokens_history: "history",
  tokens_sparks: "sparks",
  tokens_check_create: "checkCreate",
  tokens_form_like: "formLike",
  tokens_create: "createToken",
  tokens_look_for_created: "lookForCreated",
  tokens_plan_revoke: "planRevoke",
  tokens_revoke: "revokeToken",
  search_complete: "complete",
  search_facet: "facet",
  search_terms: "searchTerms",
  saved_list: "savedViews",
  saved_save: "saveView",
  saved_rename: "renameView",
  saved_delete: "deleteView",
  audit_show: "audit",
  audit_change_policy: "changePolicy",
  audit_report_path: "reportPath",
  audit_save_report: "saveReport",
  audit_policy_path: "policyPath",
  audit_save_policy: "savePolicy",
  audit_load_policy: "loadPolicy",
  decisions_make: "decide",
  decisions_withdraw: "withdrawDecision",
  decisions_questions: "questions",
  decisions_copy_question: "copyQuestion",
  notes_write: "writeNotes",
  journal_show: "activity",
  journal_server: "serverActivity",
  journal_export_path: "activityPath",
  journal_export: "saveActivity",
  journal_verify: "verifyJournal",
  journal_keep: "keepLooseEnd",
  secrets_copy: "copySecret",
  secrets_reveal: "revealSecret",
  secrets_close: "closeSecret",
  secrets_hand_offs: "handOffs",
  secrets_save: "saveSecret",
  secrets_send: "sendSecret",
  secrets_copy_snippet: "copySnippet",
  watch_show: "watch",
  watch_change: "changeWatch",
  window_painted: "painted",
  window_choose_file: "chooseFile",
  window_show_file: "showFile",
  window_keep_layout: "keepLayout",
};

function answers(): Fake {
  const view = start();
  return {
    chooseFile: () => null,
    showFile: () => null,
    keepLayout: () => null,
    start: () => view,
    connect: () => ({ kind: "connected" }),
    continueConnect: () => ({ kind: "connected" }),
    sendCode: () => null,
    giveUpAttempt: () => null,
    cliTokens: () => [],
    signInInWindow: () => null,
    openSandbox: () => null,
    show: () => null,
    changeConnection: () => null,
    toggle: () => ({ selected: 1, selectedOf: [1] }),
    selectRows: ({ len }) => ({ selected: len, selectedOf: [1] }),
    selectAll: () => ({ selected: 48, selectedOf: [1] }),
    selectNone: () => ({ selected: 0, selectedOf: [] }),
    planCleanup: () => cleanupPlan(),
    goOnWithCleanup: () => cleanupPlan(),
    tickPlanned: () => cleanupPlan(),
    copyCleanupResult: () => null,
    runCleanup: () => ({ tokens: [], stopped: null, compared: true }),
    stopCleanup: () => null,
    followCleanup: () => null,
    cleanupSeen: () => null,
    scheduleCleanup: () => [],
    leaveCleanup: () => null,
    decide: () => null,
    withdrawDecision: () => null,
    questions: () => [
      { person: null, tokens: 1 },
      { person: "Ole Dahl", tokens: 2 },
    ],
    copyQuestion: () => null,
    copyName: () => null,
    copyId: () => null,
    writeNotes: () => ({ placementError: null, noteError: null }),
    activity: () => activity(),
    serverActivity: () => noLog,
    activityPath: () => "/home/mira/activity.csv",
    saveActivity: () => "/home/mira/activity.csv",
    verifyJournal: () => ({
      intact: true,
      says: "Verified: all 3 entries are unaltered.",
      seal: "ab",
    }),
    keepLooseEnd: () => null,
    watch: () => watch(),
    changeWatch: (hours) => watch({ hours }),
    disconnect: () => null,
    complete: () => null,
    facet: () => ({ values: [], more: 0, cleared: null }),
    searchTerms: () => [{ example: "is:stale", about: "By state." }],
    savedViews: () => [],
    saveView: () => 1,
    renameView: () => null,
    deleteView: () => null,
    audit: () => audit(),
    changePolicy: () => audit(),
    reportPath: (format) => `/home/ann/Documents/audit.${format}`,
    saveReport: (_, path) => path,
    policyPath: () => "/home/ann/Documents/policy.toml",
    savePolicy: (_, path) => path,
    loadPolicy: () => audit(),
    query: (request) => answer(request),
    sync: () => status(),
    stopSync: () => null,
    details: (key) => details(key),
    history: () => history(),
    sparks: (keys) => keys.map(() => "44.?1"),
    checkCreate: ({ name }) => ({
      summary: "Read translations in the whole organization until 22 February 2027.",
      expiresText: "22 February 2027",
      nameError: name === "" ? "Give the token a name." : null,
      nameWarning: null,
      expiryError: null,
      scopesError: null,
      notes: { placementError: null, noteError: null },
      warnings: [],
    }),
    formLike: ({ connection, id }) => ({
      connection,
      name: id.replace("t-", "token-"),
      expiry: { kind: "days", days: 28 },
      scopes: ["glossary:read"],
      projectId: "p-1",
      notes: { placement: "", note: "" },
    }),
    createToken: ({ name }) => ({
      handle: 7,
      mask: "entri_••••1Td6",
      key: key("new"),
      name,
      expiresText: "Expires 22 Feb 2027",
      scopesText: "translations:read",
      differs: null,
      copiedAt: null,
      handed: null,
    }),
    lookForCreated: () => null,
    planRevoke: (key) => plan(key),
    revokeToken: () => ({ name: "token-3", outcome: "revoked" }),
    copySecret: () => ({ copiedAt: "14:02:11", clearsInSeconds: 30 }),
    revealSecret: () => SECRET,
    closeSecret: () => null,
    handOffs: () => ({
      programs: [
        { label: "GitHub Actions", text: "gh secret set NT3_API_TOKEN --repo=<owner>/<repo>" },
        { label: "Vault", text: "vault kv put <path> NT3_API_TOKEN=-" },
      ],
      snippets: [
        { label: "Shell", text: "read -rs NT3_API_TOKEN" },
        { label: "nt3", text: "nt3 login" },
      ],
    }),
    saveSecret: (_, path) => ({ to: `file ${path}`, at: "14:02:11", said: "" }),
    sendSecret: () => ({ to: "gh secret set", at: "14:02:11", said: "Set [secret]" }),
    copySnippet: () => null,
    painted: () => null,
  };
}

export const SECRET = "entri_a-value-that-must-not-stay-1Td6";

/** Answers the page's calls from now on; what is given replaces the usual answer. */
export function shell(given: Partial<Fake> = {}) {
  const fake = { ...answers(), ...given };
  const calls: [Name, ...unknown[]][] = [];
  mockIPC(
    (command, payload) => {
      const name = wire[command];
      if (name === undefined) throw new Error(`no command ${command}`);
      const args = Object.values((payload ?? {}) as Record<string, unknown>);
      calls.push([name, ...args]);
      return (fake[name] as (...args: unknown[]) => unknown)(...args);
    },
    { shouldMockEvents: true },
  );
  const called = (name: Name) => calls.filter(([called]) => called === name);
  return { fake, calls, called };
}

export function fails(code: views.ErrorCode, message = `It failed: ${code}.`) {
  return () => Promise.reject<never>({ code, message } satisfies views.ErrorView);
}

/** Lets the page hear what the shell tells of itself. */
export const tell = {
  changed: (status: views.StatusView) => emit("changed", status),
  cleanup: (progress: views.CleanupProgressView) => emit("cleanup", progress),
  clipboard: (clipboard: views.ClipboardView) => emit("clipboard", clipboard),
  watchOpened: () => emit("watchOpened"),
};

/** Something that is answered when the test says so. */
export function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: views.ErrorView) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets every promise that can settle do so, and the page draw. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(20);
}

afterEach(() => {
  clearMocks();
  for (const { id } of notices.items) notices.close(id);
});
