package web

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A frame is what stands around each page.
type frame struct {
	Site    string
	Title   string
	Nav     []navItem
	Version int64
	Refresh int64  // how often to ask for news, in milliseconds; 0 for never
	Latest  cell   // when the newest event was
	Clock   string // when the page was made
	Problem string
	Lost    string
	Filter  *filterView
}

// A navItem is a link of the navigation.
type navItem struct {
	Name    string
	Href    string
	Current bool
}

// navigation is what leads from page to page.
var navigation = []struct{ name, path string }{{"Overview", "/"}, {"Prompts", "/prompts"}, {"Set-up", "/setup"}}

// frame makes what stands around a page. A page without a painter is one of an error:
// it tells nothing of the source and never renews itself.
func (s *server) frame(p *painter, title, path string) frame {
	f := frame{Site: clean(s.set.Title), Title: title, Clock: exactly(s.set.Now(), s.set.Zone)}
	q := query{}
	if p != nil {
		q = p.query
	}
	for _, n := range navigation {
		f.Nav = append(f.Nav, navItem{n.name, q.link(n.path), n.path == path})
	}
	if p == nil {
		return f
	}
	f.tell(s.src.State(), p)
	f.Refresh = s.set.Refresh.Milliseconds()
	return f
}

func (f *frame) tell(state report.State, p *painter) {
	f.Version = state.Version
	f.Problem = clean(cut(state.Problem, maxTitle))
	f.Latest = p.timeCell(state.Latest)
	if state.Lost > 0 {
		f.Lost = count(float64(state.Lost)) + " " + braced("{event}", float64(state.Lost))
	}
}
