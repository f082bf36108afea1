package grafana

import "github.com/grafana/grafana-foundation-sdk/go/dashboard"

// Grafana's grid, and how high panels are on it.
const (
	columns     = 24
	rowHeight   = 1
	numberHigh  = 4
	panelHeight = 8
)

// A grid is how far down a page is filled.
type grid struct{ y uint32 }

// row returns the place of a heading.
func (g *grid) row() dashboard.GridPos {
	at := dashboard.GridPos{W: columns, H: rowHeight, Y: g.y}
	g.y += rowHeight
	return at
}

// places returns where a row's panels go: its numbers side by side, the others two a
// line below, so that every line is full.
func (g *grid) places(panels []Panel) []dashboard.GridPos {
	var numbers, others []int
	for i, p := range panels {
		if p.Kind == Number {
			numbers = append(numbers, i)
		} else {
			others = append(others, i)
		}
	}
	places := make([]dashboard.GridPos, len(panels))
	g.line(places, numbers, numberHigh)
	for ; len(others) > 0; others = others[min(2, len(others)):] {
		g.line(places, others[:min(2, len(others))], panelHeight)
	}
	return places
}

// line fills a line with some of the places.
func (g *grid) line(places []dashboard.GridPos, which []int, height uint32) {
	if len(which) == 0 {
		return
	}
	width := columns / uint32(len(which))
	for i, place := range which {
		places[place] = dashboard.GridPos{W: width, H: height, X: uint32(i) * width, Y: g.y}
	}
	g.y += height
}
