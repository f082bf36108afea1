package grafana

import "github.com/grafana/grafana-foundation-sdk/go/dashboard"

// The width of Grafana's grid and the heights of panels on it.
const (
	columns     = 24
	rowHeight   = 1
	numberHigh  = 4
	panelHeight = 8
)

// A grid places panels from top to bottom; y is the first free line.
type grid struct{ y uint32 }

// placeHeading returns the position of a heading.
func (g *grid) placeHeading() dashboard.GridPos {
	at := dashboard.GridPos{W: columns, H: rowHeight, Y: g.y}
	g.y += rowHeight
	return at
}

// placePanels returns the positions of a row's panels: its numbers in one line, the
// others below with two in a line, so that every line is full.
func (g *grid) placePanels(panels []Panel) []dashboard.GridPos {
	var numbers, others []int
	for i, p := range panels {
		if p.Kind == Number {
			numbers = append(numbers, i)
		} else {
			others = append(others, i)
		}
	}
	places := make([]dashboard.GridPos, len(panels))
	g.fillLine(places, numbers, numberHigh)
	for ; len(others) > 0; others = others[min(2, len(others)):] {
		g.fillLine(places, others[:min(2, len(others))], panelHeight)
	}
	return places
}

// fillLine sets the positions of some panels so that they fill a line.
func (g *grid) fillLine(places []dashboard.GridPos, which []int, height uint32) {
	if len(which) == 0 {
		return
	}
	width := columns / uint32(len(which))
	for i, place := range which {
		places[place] = dashboard.GridPos{W: width, H: height, X: uint32(i) * width, Y: g.y}
	}
	g.y += height
}
