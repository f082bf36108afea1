// The page works without scripts. With them, uPlot draws lines, filters apply at once,
// and figures update. The address remains the only state.

import { drawAll } from "./charts.js";
import { enhanceFilter } from "./filters.js";
import { enableArrows } from "./heat.js";
import { pollForChanges, rememberParts } from "./live.js";

function enhance(root) {
  drawAll(root);
  enhanceFilter(root);
  enableArrows(root);
  // Scroll wide heat maps to the latest days.
  for (const map of root.querySelectorAll(".scroll:has(> table.heat)")) map.scrollLeft = map.scrollWidth;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) continue; // requires TLS or localhost
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  }
}

rememberParts();
enhance(document);
pollForChanges(enhance);
