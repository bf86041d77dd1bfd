/** The page's only way to the shell: one function per command, one per event. */
import { commands, events } from "./bindings";
import type {
  CleanupProgressView,
  ClipboardView,
  ConnectRequest,
  CreateRequest,
  DecideRequest,
  ActivitySourceName,
  DeedFilterName,
  ErrorView,
  FacetName,
  FilePurpose,
  KeyView,
  LayoutView,
  LooseEndId,
  LookRequest,
  NotesView,
  QueryRequest,
  ReportFormatName,
  RevokeRequest,
  SavedViewRequest,
  SearchRequest,
  SettingRequest,
  StepAnswer,
  StatusView,
} from "./bindings";

export type * from "./bindings";

/** Whether both name the same token. */
export const sameKey = (a: KeyView | null | undefined, b: KeyView | null | undefined) =>
  a?.id === b?.id && a?.connection === b?.connection;

/** The connection with this id, if there is one. */
export const byId = ({ connections }: StatusView, id: number | null) =>
  connections.find((connection) => connection.id === id) ?? null;

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

async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const result = await answer;
  if (result.status === "error") {
    if (result.error.code === "pageLost") location.reload();
    throw new Failure(result.error);
  }
  return result.data;
}

export const chooseFile = (purpose: FilePurpose, path: string) =>
  unwrap(commands.windowChooseFile(purpose, path));
export const keepLayout = (layout: LayoutView) => unwrap(commands.windowKeepLayout(layout));
export const showFile = (file: string) => unwrap(commands.windowShowFile(file));
export const start = () => unwrap(commands.connectionsStart());
export const connect = (request: ConnectRequest) => unwrap(commands.connectionsConnect(request));
export const continueConnect = (attempt: number, answer: StepAnswer) =>
  unwrap(commands.connectionsContinue(attempt, answer));
export const sendCode = (attempt: number) => unwrap(commands.connectionsSendCode(attempt));
export const giveUpAttempt = (attempt: number) => unwrap(commands.connectionsGiveUp(attempt));
export const cliTokens = () => unwrap(commands.connectionsCliTokens());
export const signInInWindow = (address: string, organizationId: string | null) =>
  unwrap(commands.connectionsSignInInWindow(address, organizationId));
export const openSandbox = () => unwrap(commands.connectionsOpenSandbox());
export const show = (id: number | null) => unwrap(commands.connectionsShow(id));
export const changeConnection = (request: LookRequest) =>
  unwrap(commands.connectionsChange(request));
export const disconnect = (id: number, anyway: boolean) =>
  unwrap(commands.connectionsDisconnect(id, anyway));

/** A plan for the tokens that match; `null` for those that are selected. */
export const planCleanup = (of: QueryRequest | null) => unwrap(commands.cleanupsPlan(of));
export const goOnWithCleanup = (connection: number, number: number) =>
  unwrap(commands.cleanupsGoOn(connection, number));
/** Puts a token into a plan, or takes it out. */
export const tickPlanned = (plan: number, key: KeyView, goes: boolean) =>
  unwrap(commands.cleanupsTick(plan, key, goes));
export const runCleanup = (plan: number, typed: string) =>
  unwrap(commands.cleanupsRun(plan, typed));
export const stopCleanup = () => unwrap(commands.cleanupsStop());
export const followCleanup = () => unwrap(commands.cleanupsFollow());
export const copyCleanupResult = () => unwrap(commands.cleanupsCopyResult());
export const cleanupSeen = () => unwrap(commands.cleanupsSeen());
export const scheduleCleanup = (plan: number, typed: string) =>
  unwrap(commands.cleanupsSchedule(plan, typed));
export const leaveCleanup = (connection: number, number: number) =>
  unwrap(commands.cleanupsLeave(connection, number));

export const complete = (request: SearchRequest, caret: number) =>
  unwrap(commands.searchComplete(request, caret));
export const facet = (request: SearchRequest, facet: FacetName) =>
  unwrap(commands.searchFacet(request, facet));
export const searchTerms = () => unwrap(commands.searchTerms());

export const savedViews = () => unwrap(commands.savedList());
export const saveView = (request: SavedViewRequest) => unwrap(commands.savedSave(request));
export const renameView = (id: number, name: string) => unwrap(commands.savedRename(id, name));
export const deleteView = (id: number) => unwrap(commands.savedDelete(id));

export const audit = () => unwrap(commands.auditShow());
export const changePolicy = (connection: number, settings: SettingRequest[]) =>
  unwrap(commands.auditChangePolicy(connection, settings));

export const policyPath = () => unwrap(commands.auditPolicyPath());
export const savePolicy = (connection: number, path: string) =>
  unwrap(commands.auditSavePolicy(connection, path));
export const loadPolicy = (connection: number, path: string) =>
  unwrap(commands.auditLoadPolicy(connection, path));

export const reportPath = (format: ReportFormatName) => unwrap(commands.auditReportPath(format));
export const saveReport = (format: ReportFormatName, path: string) =>
  unwrap(commands.auditSaveReport(format, path));

export const query = (request: QueryRequest) => unwrap(commands.tokensQuery(request));
export const sync = () => unwrap(commands.tokensSync());
export const stopSync = () => unwrap(commands.tokensStopSync());
export const details = (key: KeyView) => unwrap(commands.tokensDetails(key));
export const copyName = (key: KeyView) => unwrap(commands.tokensCopyName(key));
export const copyId = (key: KeyView) => unwrap(commands.tokensCopyId(key));
export const toggle = (key: KeyView) => unwrap(commands.tokensToggle(key));
export const selectRows = (request: QueryRequest) => unwrap(commands.tokensSelectRows(request));
export const selectAll = (request: QueryRequest, selected: boolean) =>
  unwrap(commands.tokensSelectAll(request, selected));
export const selectNone = () => unwrap(commands.tokensSelectNone());
export const history = (key: KeyView) => unwrap(commands.tokensHistory(key));
export const sparks = (keys: KeyView[]) => unwrap(commands.tokensSparks(keys));
export const checkCreate = (request: CreateRequest) => unwrap(commands.tokensCheckCreate(request));
export const formLike = (key: KeyView) => unwrap(commands.tokensFormLike(key));
export const createToken = (request: CreateRequest) => unwrap(commands.tokensCreate(request));

export const lookForCreated = (connection: number, projectId: string | null) =>
  unwrap(commands.tokensLookForCreated(connection, projectId));
export const planRevoke = (key: KeyView) => unwrap(commands.tokensPlanRevoke(key));
export const revokeToken = (request: RevokeRequest) => unwrap(commands.tokensRevoke(request));

export const decide = (request: DecideRequest) => unwrap(commands.decisionsMake(request));
export const questions = (keys: KeyView[]) => unwrap(commands.decisionsQuestions(keys));
export const copyQuestion = (keys: KeyView[], index: number) =>
  unwrap(commands.decisionsCopyQuestion(keys, index));
export const withdrawDecision = (key: KeyView) => unwrap(commands.decisionsWithdraw(key));

export const writeNotes = (key: KeyView, notes: NotesView) =>
  unwrap(commands.notesWrite(key, notes));

export const activity = (text: string, only: DeedFilterName | null, len: number) =>
  unwrap(commands.journalShow(text, only, len));
export const serverActivity = (text: string) => unwrap(commands.journalServer(text));
export const activityPath = () => unwrap(commands.journalExportPath());
export const saveActivity = (
  text: string,
  only: DeedFilterName | null,
  source: ActivitySourceName,
  path: string,
) => unwrap(commands.journalExport(text, only, source, path));
export const verifyJournal = () => unwrap(commands.journalVerify());
export const keepLooseEnd = (id: LooseEndId) => unwrap(commands.journalKeep(id));

export const copySecret = (handle: number) => unwrap(commands.secretsCopy(handle));
export const revealSecret = (handle: number) => unwrap(commands.secretsReveal(handle));
export const closeSecret = (handle: number, anyway: boolean) =>
  unwrap(commands.secretsClose(handle, anyway));

export const handOffs = (handle: number) => unwrap(commands.secretsHandOffs(handle));
export const saveSecret = (handle: number, path: string) =>
  unwrap(commands.secretsSave(handle, path));
export const sendSecret = (handle: number, line: string) =>
  unwrap(commands.secretsSend(handle, line));
export const copySnippet = (handle: number, index: number) =>
  unwrap(commands.secretsCopySnippet(handle, index));

export const watch = () => unwrap(commands.watchShow());
export const changeWatch = (hours: number | null) => unwrap(commands.watchChange(hours));

export const painted = () => unwrap(commands.windowPainted());

/** Calls `heard` with each new state of the list; the answer ends it. */
export const onChanged = (heard: (status: StatusView) => void) =>
  listening(events.changed.listen((event) => heard(event.payload)));

/** Calls `heard` when a copy was taken off the clipboard, or could not be; the answer ends it. */
export const onClipboard = (heard: (clipboard: ClipboardView) => void) =>
  listening(events.clipboard.listen((event) => heard(event.payload)));

/** Calls `heard` with how far a bulk revoke is; the answer ends it. */
export const onCleanup = (heard: (progress: CleanupProgressView) => void) =>
  listening(events.cleanup.listen((event) => heard(event.payload)));

/** Calls `heard` when somebody clicked on a notification: the next start brings what it is about. */
export const onWatchOpened = (heard: () => void) => listening(events.watchOpened.listen(heard));

function listening(ready: Promise<() => void>): () => void {
  return () => void ready.then((stop) => stop());
}
