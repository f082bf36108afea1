// The page works without any of this. What is here draws lines, applies filters at
// once, and keeps figures fresh; the address stays all the state there is.

import { drawAll } from "./charts.js";
import { enhanceFilter } from "./filters.js";
import { keepFresh, remember } from "./live.js";

function enhance(root) {
  drawAll(root);
  enhanceFilter(root);
  // Days that do not fit: the latest matter most.
  for (const map of root.querySelectorAll(".scroll:has(> table.heat)")) map.scrollLeft = map.scrollWidth;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) continue; // there is none without TLS, localhost apart
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  }
}

remember();
enhance(document);
keepFresh(enhance);
