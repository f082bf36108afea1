// Makes the numbers of a heat map one stop of the tab key: the arrow keys move between them.

const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function enableArrows(root) {
  for (const body of root.querySelectorAll(".heat tbody")) {
    const links = [...body.querySelectorAll("td a")];
    for (const link of links.slice(1)) link.tabIndex = -1;
    body.addEventListener("keydown", (event) => {
      const cell = event.target.closest("td");
      if (!moves[event.key] || !cell) return;
      event.preventDefault();
      const next = neighbour(body, cell, ...moves[event.key]);
      if (!next) return;
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
}

// neighbour returns the next number in a direction, past cells without one.
function neighbour(body, cell, down, right) {
  let row = cell.parentElement.rowIndex - 1;
  let column = cell.cellIndex;
  for (;;) {
    row += down;
    column += right;
    const next = body.rows[row]?.cells[column];
    if (!next || next.tagName !== "TD") return null;
    const link = next.querySelector("a");
    if (link) return link;
  }
}
