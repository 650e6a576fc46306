// A form keeps itself while somebody types; without this file the button under it does that.
"use strict";

const GAP = 5000; // at most one save in so many milliseconds
const MOST_KEPT_ALIVE = 60000; // bytes that a browser still sends when its page is left
const LATEST = 30000; // and never later than this after a letter was typed

const form = document.querySelector("form[data-drafts]");
const told = form.querySelector("[data-told]");
const aside = ["csrfmiddlewaretoken", "draft", "seen", "page", "typist", "token"];
const start = words();
let known = start;
let timer = 0;
let due = 0;
let lately = 0;
let busy = null; // what is being saved now
let over = false;

function everything() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

function words() {
  const said = everything();
  aside.forEach((name) => said.delete(name));
  return said.toString();
}

function saveWithin(milliseconds) {
  const soonest = Math.max(milliseconds, lately + GAP - Date.now(), 0);
  if (over || (timer && due <= Date.now() + soonest)) return;
  clearTimeout(timer);
  due = Date.now() + soonest;
  timer = setTimeout(save, soonest);
}

async function save() {
  clearTimeout(timer);
  timer = 0;
  if (over || busy || words() === known) return;
  lately = Date.now();
  busy = send(words());
  await busy;
  busy = null;
  if (words() !== known) saveWithin(LATEST);
}

async function send(sent) {
  try {
    const headers = { Accept: "application/json" };
    const body = everything();
    const keepalive = body.toString().length < MOST_KEPT_ALIVE;
    const asked = { method: "POST", headers, body, keepalive };
    await heard(await fetch(form.dataset.drafts, asked), sent);
  } catch {
    told.textContent = form.dataset.offline;
  }
}

async function heard(response, sent) {
  if (response.status === 401) return (told.textContent = form.dataset.signedOut);
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  told.textContent = answer.said || form.dataset.offline;
  over = response.status === 409 || response.status === 410;
  if (!response.ok) return;
  known = sent;
  form.elements.draft.value = answer.draft;
  form.elements.seen.value = answer.seen;
  history.replaceState(history.state, "", answer.url);
}

form.addEventListener("input", () => saveWithin(LATEST));
form.addEventListener("change", () => saveWithin(0));
// What is pressed while a save is under way goes after it, having seen it; else the two would meet as strangers.
form.addEventListener("submit", (event) => {
  over = true;
  if (!busy) return;
  event.preventDefault();
  event.stopPropagation();
  const { submitter } = event;
  busy.then(() => form.requestSubmit(submitter));
});
document.addEventListener("visibilitychange", () => document.hidden && save());
window.addEventListener("pageshow", (event) => event.persisted && (over = false));
