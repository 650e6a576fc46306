// Counts down what can still be taken back; without this file the page says until what time.
"use strict";

const SECOND = 1000;
const MINUTE = 60;

const begun = performance.now();
const rows = [...document.querySelectorAll("[data-seconds]")];

function show(row) {
  const left = Number(row.dataset.seconds) - Math.floor((performance.now() - begun) / SECOND);
  const told = row.querySelector("[data-left]");
  const clock = `${Math.floor(left / MINUTE)}:${String(left % MINUTE).padStart(2, "0")}`;
  told.textContent = told.dataset.left.replace("{n}", clock);
  told.hidden = false;
  if (left > 0) return true;
  row.remove();
  return false;
}

function tick() {
  if (rows.map(show).some(Boolean)) setTimeout(tick, SECOND);
  else document.querySelector(".take-back").remove();
}

tick();
