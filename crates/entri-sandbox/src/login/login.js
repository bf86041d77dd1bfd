// The sandbox's login page, signing in as Entri's web app does: fetch, cookies, then a new page.

const find = (id) => document.getElementById(id);
const [signIn, second] = [find("sign-in"), find("second")];

/** Asks the server; gives the answer's status and content, or what went wrong in words. */
async function ask(path, body) {
  find("problem").textContent = "";
  const answer = await fetch(`/api/auth${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!answer) return { problem: "The sandbox does not answer. Is it still running?" };
  const content = await answer.json().catch(() => ({}));
  if (answer.ok) return { content };
  const wait = answer.headers.get("X-Retry-After");
  const words = content.message ?? `The sandbox answered ${answer.status}.`;
  return { problem: wait ? `${words} Wait ${wait} s.` : words, code: content.code };
}

function show(problem, field) {
  find("problem").textContent = problem;
  field?.focus();
  field?.select();
}

/** One request at a time: the buttons of the form rest meanwhile. */
async function busy(form, work) {
  const buttons = [...form.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  await work();
  for (const button of buttons) button.disabled = false;
}

function step(form) {
  for (const each of [signIn, second]) each.hidden = each !== form;
  find("accounts").hidden = form !== signIn;
  find(form === signIn ? "password" : "code").value = "";
  find(form === signIn ? "email" : "code").focus();
}

function method() {
  return new FormData(second).get("method");
}

function methodChosen() {
  const isSent = method() === "otp";
  find("send").hidden = !isSent;
  find("sent").textContent = "";
  find("code").inputMode = method() === "backup-code" ? "text" : "numeric";
}

async function signInNow() {
  const [email, password] = [find("email").value, find("password").value];
  const { content, problem } = await ask("/sign-in/email", { email, password });
  if (problem) return show(problem, find("password"));
  if (!content.twoFactorRedirect) return location.assign("/");
  step(second);
  methodChosen();
}

async function answerNow() {
  // A blank inside a code is a wrong code, and costs an attempt.
  const code = find("code").value.replace(/\s/g, "");
  const { problem, code: kind } = await ask(`/two-factor/verify-${method()}`, { code });
  if (!problem) return location.assign("/");
  const over = kind === "INVALID_TWO_FACTOR_COOKIE" || kind === "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE";
  if (over && method() !== "otp") step(signIn);
  show(problem, over ? null : find("code"));
}

async function sendNow() {
  const { problem } = await ask("/two-factor/send-otp", {});
  if (problem) return show(problem);
  find("sent").textContent = "A code was sent.";
  find("code").focus();
}

function start() {
  for (const [form, work] of [
    [signIn, signInNow],
    [second, answerNow],
  ])
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void busy(form, work);
    });
  second.addEventListener("change", methodChosen);
  find("send").addEventListener("click", () => void busy(second, sendNow));
  find("back").addEventListener("click", () => step(signIn));
  for (const account of document.querySelectorAll(".account"))
    account.addEventListener("click", () => {
      find("email").value = account.dataset.email;
      find("password").value = find("demo-password").textContent;
      signIn.querySelector("[type=submit]").focus();
    });
}

if (signIn) start();
find("sign-out")?.addEventListener("click", async () => {
  const { problem } = await ask("/sign-out", {});
  if (problem) show(problem);
  else location.assign("/login");
});
