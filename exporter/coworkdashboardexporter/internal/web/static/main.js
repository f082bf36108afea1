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

// The time zone of the browser is a choice beside that of the collector.
function offerZone() {
  const link = document.querySelector("[data-browser-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!link || !zone || zone === "UTC" || [...link.parentElement.children].some((a) => a.textContent.startsWith(zone))) return;
  const address = new URL(link.href);
  address.searchParams.set("tz", zone);
  link.href = address.pathname + address.search;
  link.textContent = zone + " (browser)";
  link.hidden = false;
}

rememberParts();
offerZone();
enhance(document);
pollForChanges(enhance);
