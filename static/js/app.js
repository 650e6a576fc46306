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
