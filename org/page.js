// What pages do beyond showing text: a copy button at each block of code, and the line that a label of code names.
"use strict";

// Clipboards need a secure context; a page read over plain HTTP has the older way.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text);
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "copied-from";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("the browser refuses to copy");
}

for (const block of document.querySelectorAll(".org-src-container")) {
  const code = block.querySelector("pre");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    // Line numbers are no code.
    const text = code.cloneNode(true);
    for (const number of text.querySelectorAll(".linenr")) number.remove();
    try {
      await copy(text.textContent.replace(/\n$/, ""));
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  code.before(button);
}

// Org's links to labels of code call these by name.
function CodeHighlightOn(link, id) {
  document.getElementById(id)?.classList.add("code-highlighted");
}
function CodeHighlightOff(link, id) {
  document.getElementById(id)?.classList.remove("code-highlighted");
}
