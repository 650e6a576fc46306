// What is pasted from a text document keeps its lists, as lines that begin with a dash; the server does the same.
"use strict";

const BLOCKS = ["P", "DIV", "BR", "TR", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "TABLE"];
const SILENT = ["STYLE", "SCRIPT", "TITLE", "META", "LINK"];

function styled(node, words) {
  return (node.getAttribute?.("style") || "").replace(/\s/g, "").includes(words);
}

function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || SILENT.includes(node.tagName)) return "";
  if (styled(node, "mso-list:Ignore")) return "";
  const inside = [...node.childNodes].map(words).join("");
  if (node.tagName === "LI" || (node.tagName === "P" && styled(node, "mso-list:l"))) return `\n- ${inside.trim()}\n`;
  return BLOCKS.includes(node.tagName) ? `\n${inside}\n` : inside;
}

function plain(html) {
  const lines = words(new DOMParser().parseFromString(html, "text/html").body).split("\n");
  const said = lines.map((line) => line.trim()).join("\n");
  return said.replace(/\n+(?=- )/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

document.querySelectorAll("textarea[data-pastes]").forEach((box) => {
  box.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    event.preventDefault();
    box.setRangeText(plain(html), box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
