// Niceties only: every page reads and works without this file.
"use strict";

// Filters stand open beside the list where the style sheet cannot force them open.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
  document.querySelectorAll(".fold").forEach((fold) => (fold.open = true));
}

// A form is sent once: the button says so and the second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Back from the browser's memory: the form may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});

// Whoever stood on a thing that came anew stands on it again; if it went (a filter taken away), at the results.
let stood = "";
document.addEventListener("htmx:beforeSwap", () => (stood = document.activeElement?.id));
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement !== document.body) return;
  (document.getElementById(stood) || document.getElementById("count"))?.focus({ preventScroll: true });
});

// Of one list the last deed counts: what was typed before it, and would be asked later, is not asked any more.
const asked = new WeakMap();
const deeds = new WeakMap(); // numbered as they come: what an event says of its own time is when the mouse moved
let number = 0;
for (const kind of ["input", "change", "click", "submit"]) {
  document.addEventListener(kind, (event) => deeds.set(event, ++number), true);
}
// And while somebody presses a link nothing is asked that could take it from under the finger.
let press = null;

document.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent, issueRequest } = event.detail;
  const list = elt.closest("[hx-sync]");
  const deed = deeds.get(triggeringEvent);
  if (!list || !deed) return;
  if (deed < asked.get(list)) return event.preventDefault();
  asked.set(list, deed);
  if (!press) return;
  event.preventDefault();
  press.push(() => asked.get(list) === deed && issueRequest(true));
});
document.addEventListener("pointerdown", ({ button, target }) => {
  if (button === 0 && target.closest("a, button")) press ??= [];
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    press?.forEach((ask) => setTimeout(ask)); // after the click that this press ends in
    press = null;
  });
}

// Back in the browser: an answer that is still under way belongs to the page that was left.
window.addEventListener("popstate", () => {
  document.querySelectorAll("[hx-sync]").forEach((list) => htmx.trigger(list, "htmx:abort"));
});

function numberIn(text) {
  return Number(text.replace(/[€\s]/g, "").replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")) || 0;
}

// The sum of numbers that belong together, while somebody types.
document.querySelectorAll("[data-sum]").forEach((sum) => {
  const parts = [...document.querySelectorAll(`[data-summed="${sum.dataset.sum}"]`)];
  const counts = (part) => part.type === "hidden" || !part.disabled;
  const add = () => (sum.value = parts.filter(counts).reduce((total, part) => total + numberIn(part.value), 0).toLocaleString(document.documentElement.lang));
  sum.form.addEventListener("input", add);
});

// What the jury fills in for an entry is what belongs to the outcome; a choice that wants words opens their boxes.
document.querySelectorAll(".verdict").forEach((verdict) => {
  const chosen = () => verdict.querySelector(":checked")?.value;
  const follow = () => verdict.querySelectorAll("[data-when]").forEach((field) => (field.disabled = ![undefined, field.dataset.when].includes(chosen())));
  verdict.querySelectorAll("[type=radio]").forEach((radio) => {
    radio.addEventListener("input", () => {
      follow();
      if (radio.value !== "none") verdict.querySelector("details").open = true;
    });
  });
  addEventListener("pageshow", follow); // also when the browser brings back what was chosen before
});

// "/" brings one to the search over the whole site, from anywhere but a field; the page of results can switch it off.
const slash = { off: () => localStorage.getItem("slash") === "off", set: (on) => localStorage.setItem("slash", on ? "on" : "off") };
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (slash.off() || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.getElementById("site-q")?.select();
});
document.querySelectorAll("[data-slash]").forEach((label) => {
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = !slash.off();
  box.addEventListener("change", () => slash.set(box.checked));
});
