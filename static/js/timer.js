// The clock beside a pitch; without this file the page says how many minutes everybody gets.
"use strict";

const box = document.querySelector("[data-timer]");
const left = box.querySelector("[data-left]");
const over = box.querySelector("[data-over]");
const whole = Number(box.dataset.timer) * 60;
let ends = 0;
let ticking = 0;

function show(seconds) {
  const sign = seconds < 0 ? "−" : "";
  const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
  left.textContent = `${sign}${minutes}:${String(rest).padStart(2, "0")}`;
  over.hidden = seconds > 0;
}

function again() {
  clearInterval(ticking);
  ticking = 0;
  show(whole);
}

box.querySelector("[data-buttons]").hidden = false;
box.querySelector("[data-go]").addEventListener("click", () => {
  if (ticking) return;
  ends = Date.now() + whole * 1000;
  ticking = setInterval(() => show(Math.round((ends - Date.now()) / 1000)), 250);
});
box.querySelector("[data-again]").addEventListener("click", again);
again();
