/** A shell that answers as the real one does, over the page's real bindings. */
import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, vi } from "vitest";

import * as ipc from "../src/ipc";
import type * as views from "../src/ipc";
import { notices } from "../src/notices.svelte";
import { audit } from "./audit-sample";
import { replacement, rotation, rotationPlan } from "./rotation-sample";
import { activity, noLog } from "./activity-sample";
import {
  answer,
  bulkRevokePlan,
  details,
  history,
  key,
  plan,
  changed,
  settings,
  settingsView,
  start,
  status,
  watch,
} from "./samples";

type Calls = typeof ipc.call;
type Name = keyof Calls;
/** Each command with its own arguments; an answer, or a promise of one. */
type Fake = {
  [K in Name]: (
    ...args: Parameters<Calls[K]>
  ) => Awaited<ReturnType<Calls[K]>> | ReturnType<Calls[K]>;
};

function answers(): Fake {
  const view = start();
  return {
    windowChooseFile: () => null,
    windowShowFile: () => null,
    windowOpenGuide: () => null,
    windowKeepLayout: () => null,
    connectionsStart: () => view,
    connectionsConnect: () => ({ kind: "connected" }),
    connectionsContinue: () => ({ kind: "connected" }),
    connectionsSendCode: () => null,
    connectionsGiveUp: () => null,
    connectionsCliTokens: () => [],
    connectionsSignInInWindow: () => null,
    connectionsOpenSandbox: () => null,
    connectionsShow: () => null,
    connectionsChange: () => null,
    tokensToggle: () => ({ selected: 1, selectedOf: [1] }),
    tokensSelectRows: ({ len }) => ({ selected: len, selectedOf: [1] }),
    tokensSelectAll: () => ({ selected: 48, selectedOf: [1] }),
    tokensSelectNone: () => ({ selected: 0, selectedOf: [] }),
    bulkRevokesPlan: () => bulkRevokePlan(),
    bulkRevokesGoOn: () => bulkRevokePlan(),
    bulkRevokesTick: () => bulkRevokePlan(),
    bulkRevokesCopyResult: () => null,
    bulkRevokesRun: () => ({ tokens: [], stopped: null, compared: true }),
    bulkRevokesStop: () => null,
    bulkRevokesFollow: () => null,
    bulkRevokesSeen: () => null,
    bulkRevokesSchedule: () => [],
    bulkRevokesLeave: () => null,
    decisionsMake: ({ keys }) => [...keys],
    decisionsWithdraw: () => null,
    decisionsQuestions: () => [
      { person: null, tokens: 1 },
      { person: "Ole Dahl", tokens: 2 },
    ],
    decisionsCopyQuestion: () => null,
    tokensCopyName: () => null,
    tokensCopyId: () => null,
    notesWrite: () => ({ placeError: null, noteError: null }),
    journalShow: () => activity(),
    journalServer: () => noLog,
    journalExportPath: () => "/home/mira/activity.csv",
    journalExport: () => "/home/mira/activity.csv",
    journalCopySeal: () => null,
    journalVerify: () => ({
      intact: true,
      says: "Verified: all 3 entries are unaltered.",
      seal: "ab",
    }),
    journalKeepUnresolved: () => null,
    scansShow: () => null,
    scansUsualPlaces: () => null,
    scansFolder: () => null,
    scansPasted: () => true,
    scansCancel: () => null,
    scansIncident: () => ({ connection: 1, number: 1 }),
    scansBelongs: () => null,
    scansListAgain: () => null,
    scansCopyPath: () => null,
    scansOpenFolder: () => null,
    drillsBegin: () => 1,
    drillsShow: () => null,
    drillsCopy: () => null,
    drillsEnd: () => null,
    incidentsFound: () => null,
    incidentsReport: ({ connection }) => ({ connection, number: 9 }),
    incidentsProve: () => null,
    incidentsExposure: () => null,
    incidentsList: () => [],
    incidentsTest: (id) => id,
    incidentsChoose: (id) => id,
    incidentsRevoke: () => null,
    incidentsReplacement: ({ connection }) => ({
      connection,
      name: "token-3 (r2)",
      expiry: { kind: "never" },
      scopes: [],
      projectId: null,
      notes: { place: "", note: "" },
      incident: 7,
    }),
    incidentsTaskDone: () => null,
    incidentsQuestions: () => null,
    incidentsRecordPath: () => "/home/mira/incident.md",
    incidentsSaveRecord: () => "/home/mira/incident.md",
    scansReportPath: () => "/home/mira/scan.md",
    scansSaveReport: () => "/home/mira/scan.md",
    incidentsCopyMessage: () => null,
    incidentsForget: () => null,
    incidentsClose: () => null,
    settingsShow: () => settingsView(),
    settingsChange: (changes) => settingsView({ now: changed(settings, changes) }),
    settingsPlaces: () => ({
      folders: [
        { what: "data", path: "/home/mira/.local/share/entri-tokens", size: "4.2 MB" },
        { what: "page", path: "/home/mira/.local/share/io.nt3.entri-tokens", size: "12.0 kB" },
      ],
      keychain: 3,
    }),
    settingsOpenPlace: () => null,
    settingsErase: () => null,
    settingsExport: () => "entri-tokens-2026-12-01",
    watchShow: () => watch(),
    watchChange: (hours) => watch({ hours }),
    watchAtLogin: (on) => watch({ hours: 1, atLogin: on }),
    connectionsDisconnect: () => null,
    searchComplete: () => null,
    searchFacet: () => ({ values: [], more: 0, cleared: null }),
    searchTerms: () => [{ example: "is:stale", about: "By state." }],
    savedList: () => [],
    savedSave: () => 1,
    savedRename: () => null,
    savedDelete: () => null,
    auditShow: () => audit(),
    auditChangePolicy: () => audit(),
    auditReportPath: (format) => `/home/ann/Documents/audit.${format}`,
    auditSaveReport: (_, path) => path,
    auditPolicyPath: () => "/home/ann/Documents/policy.toml",
    auditSavePolicy: (_, path) => path,
    auditLoadPolicy: () => audit(),
    tokensQuery: (request) => answer(request),
    tokensSync: () => status(),
    tokensStopSync: () => null,
    tokensDetails: (key) => details(key),
    tokensHistory: () => history(),
    tokensSparks: (keys) => keys.map(() => "44.?1"),
    tokensCheckCreate: ({ name }) => ({
      summary: "Read translations in the whole organization until 22 February 2027.",
      expiresText: "22 February 2027",
      nameError: name === "" ? "Give the token a name." : null,
      nameWarning: null,
      freeName: null,
      expiryError: null,
      scopesError: null,
      notes: { placeError: null, noteError: null },
      warnings: [],
    }),
    tokensFormLike: ({ connection, id }) => ({
      connection,
      name: id.replace("t-", "token-"),
      expiry: { kind: "days", days: 28 },
      scopes: ["glossary:read"],
      projectId: "p-1",
      notes: { place: "", note: "" },
      incident: null,
    }),
    tokensCreate: ({ name }) => ({
      handle: 7,
      mask: "entri_••••1Td6",
      key: key("new"),
      name,
      expiresText: "Expires 22 Feb 2027",
      scopesText: "translations:read",
      differs: null,
      rotation: null,
      copiedAt: null,
      delivered: null,
    }),
    tokensLookForCreated: () => null,
    tokensPreviewRevoke: (key) => plan(key),
    tokensHoldRevoke: () => null,
    tokensStopRevoke: () => null,
    tokensRevoke: () => ({ name: "token-3", outcome: "revoked", proof: null }),
    rotationsPlan: (key) => rotationPlan(key),
    rotationsNext: () => ({ next: null, left: 0, cannot: "It can’t be rotated." }),
    rotationsBegin: ({ name }) => replacement(name),
    rotationsList: () => [rotation()],
    rotationsDeliver: (_id, _handle, places) =>
      places.map((id) => ({ id, failed: null, said: "" })),
    rotationsReplaceOwn: () => null,
    rotationsMarkDone: () => null,
    rotationsEnd: () => null,
    secretsCopy: () => ({ copiedAt: "14:02:11", clearsInSeconds: 30 }),
    secretsReveal: () => SECRET,
    secretsClose: () => null,
    secretsDeliveryChoices: () => ({
      programs: [
        { label: "GitHub Actions", text: "gh secret set NT3_API_TOKEN --repo=<owner>/<repo>" },
        { label: "Vault", text: "vault kv put <path> NT3_API_TOKEN=-" },
      ],
      snippets: [
        { label: "Shell", text: "read -rs NT3_API_TOKEN" },
        { label: "nt3", text: "nt3 login" },
      ],
    }),
    secretsSave: (_, path) => ({ to: `file ${path}`, at: "14:02:11", said: "" }),
    secretsSend: () => ({ to: "gh secret set", at: "14:02:11", said: "Set [secret]" }),
    secretsCopySnippet: () => null,
    windowPainted: () => null,
  };
}

export const SECRET = "entri_a-value-that-must-not-stay-1Td6";

/** Answers the page's calls from now on; what is given replaces the usual answer. */
export function shell(given: Partial<Fake> = {}) {
  const fake = { ...answers(), ...given };
  const calls: [Name, ...unknown[]][] = [];
  mockIPC(
    (command, payload) => {
      const name = command.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as Name;
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
  bulkRevoke: (progress: views.BulkRevokeProgressView) => emit("bulkRevoke", progress),
  clipboard: (clipboard: views.ClipboardView) => emit("clipboard", clipboard),
  watchOpened: () => emit("watchOpened"),
  zoomed: (percent: number) => emit("zoomed", percent),
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

/** Waits until a revoke that can be stopped is sent. */
export async function unstopped(): Promise<void> {
  await vi.advanceTimersByTimeAsync(5000);
  await settle();
}

afterEach(() => {
  clearMocks();
  for (const { id } of notices.items) notices.close(id);
});
