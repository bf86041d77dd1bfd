/** All text of signing in. */
import type { IconName } from "../widgets/icons";
import type { Factor, Way } from "./sign-in.svelte";

export const signInText = {
  purpose: "Manage your organization’s API tokens.",
  title: "Connect to Entri",
  back: "Back to connecting",
  addTitle: "Add a connection",
  address: "Server",
  addressHint: "app.nt3.io, or your self-hosted server.",
  way: "Sign in with",
  ways: {
    apiToken: "API token",
    window: "Google, GitHub or single sign-on",
    password: "Email and password",
    cookie: "Session cookie",
  } satisfies Record<Way, string>,
  email: "Email",
  emailHint: "Owner or admin account.",
  hints: {
    apiToken:
      "From an owner or admin (entri_…), created in Entri’s organization settings. You enter it in a separate window, so it never reaches this page.",
    window: "On the server’s own sign-in page, in a separate window.",
    password: "With two-factor if you use it. Your password is never stored.",
    cookie: "Copied from a signed-in browser, if nothing else works.",
  } satisfies Record<Way, string>,
  organization: "Organization ID",
  organizationHint: "You’ll find it in the URL of the organization’s settings.",
  chooseOrganization: "Choose an organization",
  secondFactor: "Two-factor authentication",
  factors: {
    totp: "Authenticator app",
    sentCode: "Emailed code",
    backupCode: "Backup code",
  } satisfies Record<Factor, string>,
  code: "Code",
  codeHints: {
    totp: "6-digit code from your authenticator app.",
    sentCode: "Code sent to you.",
    backupCode: "Include the dash; case matters.",
  } satisfies Record<Factor, string>,
  sendCode: "Send a code",
  codeSent: "Code sent.",
  startOver: "Start over",
  submit: {
    apiToken: "Enter the API token…",
    password: "Enter the password…",
    window: "Continue in browser window",
    cookie: "Enter the cookie…",
  } satisfies Record<Way, string>,
  answer: "Sign in",
  busy: "Connecting…",
  cliFound: "Found a token from the nt3 CLI on this computer. It stays there unchanged.",
  cliUsed: "active in nt3 CLI",
  use: "Use this token",
  useCliToken: (name: string) => `Use this token: ${name}`,
  again: (label: string) => `Sign in again to ${label}`,
  againText: (host: string) =>
    `This replaces the sign-in saved for ${host}. Your work here is kept.`,
  sandboxTitle: "Just looking?",
  sandboxText: "Try a sandbox with a made-up organization. No account or network needed.",
  openSandbox: "Open the sandbox",
  openingSandbox: "Opening…",
  promises: [
    ["key", "Saved in your keychain", "Never in a file. Without a keychain, only until you quit."],
    ["swap", "One host", "The app itself talks to this server and no other."],
    ["eye", "Read-only until you act", "Connecting creates, changes and revokes no token."],
  ] satisfies [IconName, string, string][],
};
