// Draws lines from the table below each chart, so that the chart, the screen reader and
// the table have the same numbers.

import { axisNumber, axisTimes } from "./format.js";

const height = 200;
const days = [1, 2, 7, 14, 28, 56, 112].map((n) => n * 86_400);
const charts = new Map(); // the element of a chart, to its uPlot object

export function drawAll(root) {
  if (!window.uPlot) return;
  for (const [place, chart] of charts) {
    if (!place.isConnected) {
      chart.destroy();
      widths.unobserve(place);
      charts.delete(place);
    }
  }
  for (const figure of root.querySelectorAll("[data-chart]")) draw(figure);
}

const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const width = Math.floor(contentRect.width);
    if (width > 0 && charts.get(target)?.width !== width) charts.get(target)?.setSize({ width, height });
  }
});

// The colors come from the style sheet: redraw after a change between light and dark.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const chart of charts.values()) chart.redraw(false);
});

// zoned returns a function that converts times to the server's zone.
function zoned(zone) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    return undefined; // the browser does not know the zone
  }
  return (seconds) => window.uPlot.tzDate(new Date(seconds * 1e3), zone);
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// readTable returns the series of a table, its data for uPlot, and the texts of a row.
function readTable(table) {
  const heads = [...table.tHead.rows[0].cells].slice(1).map((cell, i) => ({ at: i + 1, index: Number(cell.dataset.index), name: cell.textContent }));
  const drawn = heads.filter((head) => head.index > 0);
  const rows = [...table.tBodies[0].rows];
  const times = rows.map((row) => Date.parse(row.cells[0].querySelector("time").dateTime) / 1000);
  const numbers = drawn.map((head) => rows.map((row) => {
    const data = row.cells[head.at].querySelector("data");
    return data ? Number(data.value) : null;
  }));
  const links = rows.map((row) => row.cells[0].querySelector("a")?.href);
  const rowTexts = (i) => [rows[i].cells[0].textContent.trim(), ...drawn.map((head) => [head.name, rows[i].cells[head.at].textContent.trim()])];
  return { drawn, data: [times, ...numbers], rowTexts, links };
}

function draw(figure) {
  const place = figure.querySelector(".plot");
  const table = figure.nextElementSibling?.querySelector("table");
  if (!table || place.classList.contains("drawn")) return;
  const { drawn, data, rowTexts, links } = readTable(table);
  const reading = document.createElement("p");
  reading.className = "reading";
  const chart = new window.uPlot(options(figure, place, drawn, data, (i) => showReading(reading, drawn, rowTexts, i)), data, place);
  place.classList.add("drawn");
  chart.root.classList.add("chart");
  figure.append(reading);
  charts.set(chart.root.parentElement, chart);
  widths.observe(place);
  const open = (i) => links[i] && location.assign(links[i]);
  chart.over.addEventListener("click", () => chart.select.width < 8 && open(chart.cursor.idx));
  enableKeys(figure, chart, data[0].length, open);
}

function options(figure, place, drawn, data, onRead) {
  const { unit, from, to } = figure.dataset;
  const top = Number(figure.dataset.top);
  const parts = unit.startsWith("{") && top % 4 ? 2 : 4; // counts have no fractions
  const daily = data[0].length > 2 && data[0][1] - data[0][0] > 82_800;
  const axis = { stroke: () => colour("--soft"), font: "12px system-ui, sans-serif", ticks: { show: false } };
  return {
    width: Math.max(200, Math.floor(place.clientWidth)), height, legend: { show: false }, padding: [8, 20, 0, 0],
    tzDate: zoned(figure.dataset.zone),
    cursor: { y: false, sync: { key: "page" }, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    scales: {
      x: { time: true, range: () => [Math.min(Number(from), data[0][0]), Math.max(Number(to), data[0].at(-1))] },
      y: { range: () => [0, top] },
    },
    axes: [
      { ...axis, size: 32, grid: { show: false }, values: axisTimes(figure.dataset.zone), space: 64, incrs: daily ? days : undefined },
      { ...axis, size: 64, splits: () => Array.from({ length: parts + 1 }, (_, i) => (top * i) / parts), grid: { stroke: () => colour("--rule"), width: 1 }, values: (_, ticks) => ticks.map((v) => axisNumber(v, unit)) },
    ],
    series: [{}, ...drawn.map((head) => ({
      label: head.name, width: 2, stroke: () => colour("--s" + head.index), dash: head.index > 4 ? [6, 3] : undefined,
      fill: drawn.length === 1 ? () => colour("--s1") + "22" : undefined, points: { show: true, size: 6, filter: (u, i) => lone(u.data[i]) },
    }))],
    hooks: {
      setCursor: [(u) => onRead(u.cursor.idx)],
      setSelect: [(u) => openRange(u)],
    },
  };
}

// lone returns the indices of points without neighbours, which no line reaches.
function lone(numbers) {
  const known = (i) => numbers[i] !== null && numbers[i] !== undefined;
  return numbers.map((_, i) => i).filter((i) => known(i) && !known(i - 1) && !known(i + 1));
}

// showReading shows the values under the cursor.
function showReading(reading, drawn, rowTexts, i) {
  reading.replaceChildren();
  if (i === null || i === undefined) return;
  const [time, ...values] = rowTexts(i);
  reading.append(time + "  ");
  for (const [name, value] of values) {
    const bold = document.createElement("b");
    bold.textContent = value;
    reading.append(drawn.length > 1 ? " · " + name + " " : "", bold);
  }
}

// openRange opens the page for the time range that was selected with the pointer.
function openRange(chart) {
  if (chart.select.width < 8) return;
  const iso = (px) => new Date(chart.posToVal(px, "x") * 1000).toISOString().slice(0, 19) + "Z";
  const values = new URLSearchParams(location.search);
  values.delete("range");
  values.set("from", iso(chart.select.left));
  values.set("to", iso(chart.select.left + chart.select.width));
  location.assign(location.pathname + "?" + values);
}

// enableKeys moves the cursor with the arrow keys and announces the values.
function enableKeys(figure, chart, count, open) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -count, End: count };
  figure.tabIndex = 0;
  figure.setAttribute("role", "group");
  figure.setAttribute("aria-roledescription", "chart; arrow keys read its values, Enter opens the time");
  let at = count - 1;
  const moveCursor = () => {
    chart.setCursor({ left: chart.valToPos(chart.data[0][at], "x"), top: 0 });
    document.getElementById("say").textContent = figure.querySelector(".reading").textContent;
  };
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === figure) open(at);
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    at = Math.max(0, Math.min(count - 1, at + step));
    moveCursor();
  });
  figure.addEventListener("blur", () => chart.setCursor({ left: -10, top: -10 }));
}
