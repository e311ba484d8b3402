/** Adds to each request id that is on the page a button that copies it. */
export const COPY_SCRIPT = `
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("aria-live", "polite");
  document.body.append(said);

  function addCopyButtons(root) {
    for (const code of root.querySelectorAll(".request-id")) {
      if (code.nextElementSibling) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = tools.dataset.copy;
      button.setAttribute("aria-label", fill(tools.dataset.copyNamed, { id: code.textContent }));
      code.after(" ", button);
    }
  }

  // Where a browser gives a page of a file no clipboard, the older way still works.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      const focused = document.activeElement;
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      const isCopied = document.execCommand("copy");
      area.remove();
      focused?.focus();
      return isCopied;
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const isCopied = await copy(button.parentElement.querySelector(".request-id").textContent);
    said.textContent = isCopied ? tools.dataset.copied : tools.dataset.notCopied;
    button.textContent = said.textContent;
    setTimeout(() => {
      button.textContent = tools.dataset.copy;
      said.textContent = "";
    }, 2000);
  });
`;
