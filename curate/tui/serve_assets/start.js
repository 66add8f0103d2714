// textual.js measures its cells when it starts and has no setting for the font: so the font it
// asks for by name must be here, in both weights, before its own start is let go.
"use strict";

const beginning = window.onload;
window.onload = null;

const terminal = document.getElementById("terminal");
const size = Number(new URLSearchParams(location.search).get("fontsize"));
if (size >= 6 && size <= 72) terminal.dataset.fontSize = String(size);
terminal.dataset.sessionWebsocketUrl =
  (location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/ws";

const sample = "Aﺏ";
Promise.allSettled([
  document.fonts.load('400 16px "Roboto Mono"', sample),
  document.fonts.load('700 16px "Roboto Mono"', sample),
]).then(() => {
  beginning.call(window);
  document.querySelector(".xterm-helper-textarea")?.focus();
});
