// Entri's sign-in as its documentation names it: better-auth with email and password, a second
// factor and organizations, left at its own defaults wherever a client could tell.

import { randomBytes } from "node:crypto";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { bearer, organization, twoFactor } from "better-auth/plugins";
import { addKey } from "./entri.js";

const on = (name, otherwise) => (process.env[name] ?? otherwise) === "on";

/** The server of better-auth, what it stores, a place for the last one-time code, and the API tokens. */
export function createAuth(baseURL) {
  const names = "user session account verification twoFactor organization member invitation";
  const db = Object.fromEntries(names.split(" ").map((name) => [name, []]));
  const mailbox = { email: null, code: null };
  const sendOTP = ({ user, otp }) => void Object.assign(mailbox, { email: user.email, code: otp });
  const auth = betterAuth({
    appName: "Entri fixture",
    baseURL,
    secret: randomBytes(32).toString("base64"),
    database: memoryAdapter(db),
    emailAndPassword: { enabled: true },
    session: { cookieCache: { enabled: on("COOKIE_CACHE", "off") } },
    plugins: [
      organization(),
      twoFactor({ otpOptions: { sendOTP }, skipVerificationOnEnable: true }),
      ...(on("BEARER", "off") ? [bearer()] : []),
    ],
    // Both are what production does; better-auth decides otherwise by NODE_ENV.
    rateLimit: { enabled: on("RATE_LIMIT", "on") },
    advanced: { disableOriginCheck: false },
    telemetry: { enabled: false },
    // Standard output belongs to the one line about this server.
    logger: { log: (level, text) => process.stderr.write(`better-auth ${level}: ${text}\n`) },
  });
  return { auth, db, mailbox, keys: new Map() };
}

/** An owner, an admin with a second factor, and their organization; gives what one needs to use them. */
export async function seed({ auth, keys }) {
  const owner = { name: "Mira Holt", email: "mira@example.test", password: "northern lights" };
  const admin = { name: "Ole Dahl", email: "ole@example.test", password: "southern lights" };
  const { user } = await auth.api.signUpEmail({ body: owner });
  const { headers, response } = await auth.api.signUpEmail({ body: admin, returnHeaders: true });
  const org = await auth.api.createOrganization({
    body: { name: "Nordlys Apps", slug: "nordlys-apps", userId: user.id },
  });
  await auth.api.addMember({
    body: { organizationId: org.id, userId: response.user.id, role: "admin" },
  });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { totpURI, backupCodes } = await auth.api.enableTwoFactor({
    headers: new Headers({ cookie }),
    body: { password: admin.password },
  });
  return {
    email: owner.email,
    password: owner.password,
    twoFactorEmail: admin.email,
    twoFactorPassword: admin.password,
    totpSecret: new URL(totpURI).searchParams.get("secret"),
    backupCodes,
    orgId: org.id,
    apiToken: addKey(keys, { userId: user.id, organizationId: org.id }),
  };
}
