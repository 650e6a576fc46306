// The clock beside a pitch; without this file the page says how many minutes everybody gets.
"use strict";

const SECOND = 1000;
const NEARLY = 60 * SECOND;

const box = document.querySelector("[data-timer]");
const shown = box.querySelector("[data-left]");
const told = box.querySelector("[data-told]");
const go = box.querySelector("[data-go]");
const begin = go.textContent;
const whole = Number(box.dataset.timer) * NEARLY;
let left = whole;
let ends = 0;
let ticking = 0;

function tell(words) {
  if (told.textContent !== words) told.textContent = words;
}

function show() {
  if (ticking) left = ends - Date.now();
  const seconds = Math.round(left / SECOND);
  const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
  shown.textContent = `${seconds < 0 ? "−" : ""}${minutes}:${String(rest).padStart(2, "0")}`;
  box.classList.toggle("is-over", seconds <= 0);
  if (seconds <= 0) tell(told.dataset.over);
  else tell(ticking && left <= NEARLY ? told.dataset.nearly : "");
}

function halt() {
  show();
  clearInterval(ticking);
  ticking = 0;
  go.textContent = left === whole ? begin : go.dataset.on;
}

go.addEventListener("click", () => {
  if (ticking) return halt();
  ends = Date.now() + left;
  ticking = setInterval(show, SECOND / 4);
  go.textContent = go.dataset.stop;
});
box.querySelector("[data-again]").addEventListener("click", () => {
  halt();
  left = whole;
  halt();
});
box.querySelector("[data-buttons]").hidden = false;
show();
