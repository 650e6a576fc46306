// Says beside a text how much of its room is left; the server holds the limit, with or without this file.
"use strict";

const PAUSE = 600; // milliseconds after the last letter before it is read aloud

function lengthOf(box) {
  const text = box.value.trim();
  if (box.dataset.unit === "words") return text ? text.split(/\s+/).length : 0;
  return [...box.value.replace(/\r\n/g, "\n")].length;
}

function counted(box) {
  const form = box.form;
  const left = Number(box.dataset.most) - lengthOf(box);
  const said = left < 0 ? form.dataset.over : form.dataset.left;
  return { left, words: said.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang)) };
}

document.querySelectorAll("[data-most]").forEach((box) => {
  const told = document.createElement("p");
  told.className = "left small";
  const aloud = document.createElement("span");
  aloud.className = "vh";
  aloud.setAttribute("aria-live", "polite");
  box.after(told, aloud);
  let timer = 0;
  const show = () => {
    const { left, words } = counted(box);
    told.textContent = words;
    told.classList.toggle("is-over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => (aloud.textContent = left < box.dataset.most / 10 ? words : ""), PAUSE);
  };
  told.setAttribute("aria-hidden", "true");
  box.addEventListener("input", show);
  show();
});
