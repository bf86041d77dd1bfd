// A test fixture: the real better-auth with a few of Entri's routes behind it.

import { createServer } from "node:http";
import { fromNodeHeaders, toNodeHandler } from "better-auth/node";
import { createAuth, seed } from "./auth.js";
import { PROJECTS, entriRoutes } from "./entri.js";

const LONGEST_BODY = 100_000;

let handle;
const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    answer(response, { status: 500, body: { statusCode: 500, message: "Internal server error" } });
  });
});

// The address is part of better-auth's configuration, so the port comes first.
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", async () => {
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  const fixture = createAuth(baseUrl);
  handle = handler(fixture, toNodeHandler(fixture.auth), entriRoutes(fixture));
  const accounts = await seed(fixture);
  const projectIds = PROJECTS.map((project) => project._id);
  process.stdout.write(`${JSON.stringify({ baseUrl, ...accounts, projectIds })}\n`);
});

process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});

function handler(fixture, auth, entri) {
  return async (request, response) => {
    const path = request.url.split("?")[0];
    // As a proxy in front would: better-auth takes the client's address from nowhere else.
    request.headers["x-forwarded-for"] ??= request.socket.remoteAddress;
    if (path.startsWith("/api/auth/")) return auth(request, response);
    if (path.startsWith("/test/")) return answer(response, help(fixture, request));
    const headers = fromNodeHeaders(request.headers);
    const body = await read(request);
    return answer(response, await entri({ method: request.method, path, headers, body }));
  };
}

/** What tests ask of the fixture beside the API. */
function help({ db, mailbox }, { method, url }) {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  if (`${method} ${pathname}` === "GET /test/last-otp") return { status: 200, body: mailbox };
  if (`${method} ${pathname}` === "POST /test/age-sessions") {
    const age = Number(searchParams.get("hours")) * 3_600_000;
    for (const session of db.session) session.expiresAt = new Date(session.expiresAt - age);
    return { status: 200, body: { sessions: db.session.length } };
  }
  return { status: 404, body: { message: "No such help" } };
}

async function read(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > LONGEST_BODY) throw new Error("the body is too long");
  }
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function answer(response, { status, body }) {
  const type = body === undefined ? {} : { "Content-Type": "application/json; charset=utf-8" };
  response.writeHead(status, type).end(body === undefined ? "" : JSON.stringify(body));
}
