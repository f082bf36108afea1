package web

import (
	"cmp"
	"net/http"
	"sync"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// An overviewView is the page of panels.
type overviewView struct {
	frame
	// Fresh says that nothing has come yet: the page then says what to do.
	Fresh    bool
	Setup    string
	Sections []sectionView
	All      string // leads from one section to all
}

// A sectionView is a heading with its panels: figures first, then what needs room.
type sectionView struct {
	Name    string
	Slug    string
	Only    string // leads to this section alone, "" where it is
	Figures []panelView
	Panels  []panelView
}

func (s *server) overview(w http.ResponseWriter, r *http.Request) error {
	p, err := s.painter(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	panels := s.inSection(p.query.Section)
	if len(panels) == 0 && p.query.Section != "" {
		return errUnknown
	}
	view := overviewView{frame: s.frame(p, "Overview", "/"), Setup: p.query.link("/setup")}
	view.Fresh = s.src.State().Latest.IsZero()
	var choosing sync.WaitGroup // what can be chosen takes as long as some panels
	choosing.Go(func() { view.Filter = s.filter(ctx, p) })
	if p.query.Section != "" {
		view.All = p.query.link("/")
	}
	answers := s.answers(ctx, p, panels)
	choosing.Wait()
	for i, v := range answers {
		view.place(panels[i].Section, p.query, v)
		view.Filter.Counted = cmp.Or(view.Filter.Counted, v.Counted)
	}
	for i := range view.Sections {
		even(view.Sections[i].Panels)
	}
	s.pages.write(w, http.StatusOK, "overview", view)
	return nil
}

func (s *server) inSection(name string) []report.Panel {
	if name == "" {
		return s.panels
	}
	var in []report.Panel
	for _, p := range s.panels {
		if slug(p.Section) == name {
			in = append(in, p)
		}
	}
	return in
}

// place puts a panel under its heading; sections stand in the order of the table.
func (v *overviewView) place(section string, q query, p panelView) {
	i := 0
	for i < len(v.Sections) && v.Sections[i].Name != section {
		i++
	}
	if i == len(v.Sections) {
		s := sectionView{Name: section, Slug: slug(section)}
		if q.Section == "" {
			s.Only = q.link("/", "section", slug(section))
		}
		v.Sections = append(v.Sections, s)
	}
	if s := &v.Sections[i]; p.Shape == report.Figure {
		s.Figures = append(s.Figures, p)
	} else {
		s.Panels = append(s.Panels, p)
	}
}

// even widens one panel where an odd one would stand beside a hole: lines first, since
// they gain most by it.
func even(panels []panelView) {
	narrow, best := 0, -1
	for i, p := range panels {
		if p.Wide {
			continue
		}
		if narrow++; best < 0 || panels[best].Line == nil {
			best = i
		}
	}
	if narrow%2 == 1 {
		panels[best].Wide = true
	}
}
