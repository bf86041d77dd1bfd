/** All text of signing in. */
import type { Factor, Way } from "./sign-in.svelte";

export const s = {
  purpose: "See, create and revoke the API tokens of an organization.",
  title: "Connect to Entri",
  address: "Address",
  addressHint: "Entri’s own address, or that of your own server.",
  way: "Sign in with",
  ways: {
    apiToken: "API token",
    password: "Password",
    window: "Browser",
    cookie: "Cookie",
  } satisfies Record<Way, string>,
  email: "Email",
  emailHint: "Of an owner or admin of the organization.",
  hints: {
    apiToken:
      "Of an owner or admin. You enter it in a window of its own, so it never gets into this page.",
    password:
      "You enter the password in a window of its own, so it never gets into this page. It is sent once and not kept.",
    window:
      "For Google, GitHub and single sign-on: opens the server’s own page in a window, and closes it once you are signed in there.",
    cookie:
      "Copied from a browser that is signed in. You enter it in a window of its own, so it never gets into this page.",
  } satisfies Record<Way, string>,
  organization: "Organization id",
  organizationHint: "It stands in the address of the organization’s settings page.",
  chooseOrganization: "Which organization?",
  secondFactor: "Second step",
  factors: { totp: "App", sentCode: "Sent code", backupCode: "Backup code" } satisfies Record<
    Factor,
    string
  >,
  code: "Code",
  codeHints: {
    totp: "The one your authenticator app shows now.",
    sentCode: "The one the server sent to you.",
    backupCode: "One of those you kept, with its dash and capital letters.",
  } satisfies Record<Factor, string>,
  sendCode: "Send a code",
  codeSent: "Sent.",
  startOver: "Start over",
  submit: {
    apiToken: "Enter the API token…",
    password: "Enter the password…",
    window: "Open the sign-in page",
    cookie: "Enter the cookie…",
  } satisfies Record<Way, string>,
  answer: "Sign in",
  busy: "Connecting…",
  cliFound: "The nt3 command-line tool has a token on this computer. It stays there as it is.",
  cliUsed: "used by nt3",
  use: "Use it",
  useCliToken: (name: string) => `Use it: the token of ${name}`,
  again: (label: string) => `Sign in again to ${label}`,
  againText: (host: string) =>
    `${host} does not accept the sign-in any more. What you were doing stays as it is.`,
  againButton: "Sign in again",
  sandboxTitle: "No account at hand?",
  sandboxText:
    "A built-in server with an invented organization. It needs no account and no network.",
  openSandbox: "Open the sandbox",
  openingSandbox: "Opening…",
};
