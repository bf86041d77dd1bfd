// The few routes of Entri's own that a client needs: for a session cookie or an API token, in the
// documented shapes, with the errors of a NestJS server.

import { randomBytes } from "node:crypto";

export const PROJECTS = [
  { _id: "6660aa10", name: "Marketing Website" },
  { _id: "6660aa11", name: "Mobile App" },
];

const TOKENS = /^(organizations|projects)\/([^/]+)\/tokens(?:\/([^/]+))?$/;

class Refused extends Error {
  constructor(statusCode, error, message) {
    super();
    this.answer = { status: statusCode, body: { statusCode, error, message } };
  }
}

/** Answers requests with `{ status, body }`, without a body where NestJS sends none. */
export function entriRoutes({ auth, db, keys }) {
  const tokens = [];
  return async ({ method, path, headers, body }) => {
    const unknown = new Refused(404, "Not Found", `Cannot ${method} ${path}`);
    try {
      const [, version, route] = path.match(/^\/api(\/v1)?\/(.*)$/) ?? [];
      if (!version && process.env.TOKEN_ROUTES_PREFIX === "v1only") throw unknown;
      const caller = await callerOf(auth, keys, headers);
      if (!caller) throw unauthorized();
      if (route === "organizations/current") return ok(organization(db, caller));
      if (route === "organizations/current/members") return ok(members(db, caller));
      if (route === "projects") return ok(page(projects(db, caller)));
      const [, kind, id, tokenId] = route?.match(TOKENS) ?? [];
      if (!kind) throw unknown;
      if (![undefined, caller.by].includes(process.env.TOKEN_ROUTES)) throw unauthorized();
      const owner = ownerOf(db, caller, kind, id);
      if (method === "GET" && !tokenId) return ok(page(tokens.filter(isOf(owner))));
      if (method === "POST" && !tokenId) return create(tokens, keys, caller, owner, body);
      if (method === "DELETE" && tokenId) return revoke(tokens, keys, owner, tokenId);
      throw unknown;
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  };
}

/** Whom a request acts for, and in which organization. */
async function callerOf(auth, keys, headers) {
  if (headers.has("x-api-key")) return keys.get(headers.get("x-api-key"));
  const found = await auth.api.getSession({ headers });
  const organizationId = found?.session.activeOrganizationId;
  return found && { by: "cookie", userId: found.user.id, organizationId };
}

const unauthorized = () => new Refused(401, undefined, "Unauthorized");

const ok = (body) => ({ status: 200, body });

const page = (data) => {
  return { data, meta: { page: 1, limit: 50, total: data.length, totalPages: 1 } };
};

function organization(db, caller) {
  const active = db.organization.find((it) => it.id === caller.organizationId);
  if (!active) throw new Refused(404, "Not Found", "No active organization");
  const { id, name, slug, createdAt } = active;
  return { _id: id, name, slug, settings: { defaultSourceLanguage: "en" }, createdAt };
}

function members(db, caller) {
  const { _id } = organization(db, caller);
  return db.member
    .filter((it) => it.organizationId === _id)
    .map(({ userId, role }) => {
      const { name, email } = db.user.find((user) => user.id === userId);
      return { _id: userId, name, email, role };
    });
}

function projects(db, caller) {
  const { _id, createdAt } = organization(db, caller);
  const shared = { sourceLanguage: "en", targetLanguages: ["nb"], organization: _id, createdAt };
  return PROJECTS.map((project) => ({ ...project, ...shared, updatedAt: createdAt }));
}

function ownerOf(db, caller, kind, id) {
  const isProject = kind === "projects";
  if (isProject && !PROJECTS.some((project) => project._id === id))
    throw new Refused(404, "Not Found", "Project not found");
  const organizationId = isProject ? organization(db, caller)._id : id;
  const isCaller = (it) => it.userId === caller.userId && it.organizationId === organizationId;
  const member = db.member.find(isCaller);
  if (!member) throw new Refused(404, "Not Found", "Organization not found");
  if (!["owner", "admin"].includes(member.role))
    throw new Refused(403, "Forbidden", "Only owners and admins can manage API tokens");
  return { organizationId, ...(isProject && { projectId: id }) };
}

const isOf = (owner) => (token) =>
  token.organizationId === owner.organizationId && token.projectId === owner.projectId;

function create(tokens, keys, { userId }, owner, body) {
  const { name, scopes = [], expiresAt = null, ...further } = body ?? {};
  const wrong = Object.keys(further).map((field) => `property ${field} should not exist`);
  if (typeof name !== "string" || !name.trim()) wrong.push("name should not be empty");
  if (wrong.length) throw new Refused(400, "Bad Request", wrong);
  const _id = randomBytes(12).toString("hex");
  const token = { _id, name, ...owner, scopes, expiresAt, created: new Date().toISOString() };
  tokens.push(token);
  const { organizationId } = owner;
  return { status: 201, body: { ...token, token: addKey(keys, { userId, organizationId, _id }) } };
}

/** Gives the value of a new API token that acts for somebody. */
export function addKey(keys, holder) {
  const value = `entri_${randomBytes(20).toString("hex")}`;
  keys.set(value, { by: "key", ...holder });
  return value;
}

function revoke(tokens, keys, owner, tokenId) {
  const at = tokens.findIndex((token) => token._id === tokenId && isOf(owner)(token));
  if (at < 0) throw new Refused(404, "Not Found", "Token not found");
  tokens.splice(at, 1);
  for (const [value, { _id }] of keys) if (_id === tokenId) keys.delete(value);
  // What NestJS answers for a handler that returns nothing.
  return { status: 200 };
}
