package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A setupView is the check of the set-up.
type setupView struct {
	frame
	Trouble  string
	Seen     int // of the core kinds
	Core     int
	Advice   []adviceView
	Kinds    []kindView
	Content  []panelView
	Rejected []countView
	Services []countView
	Client   clientView
}

// A kindView is one kind of event and how its coming stands.
type kindView struct {
	Name     string
	Core     bool
	State    string
	Badge    string
	Events   cell
	Last     cell
	Ago      string
	First    cell
	Versions []cell
	Shares   []shareView
	Gaps     int
}

// A shareView is how many of a kind's events have an attribute.
type shareView struct {
	Name  string
	Share cell
	Width float64
	Low   bool
}

// A countView is how often something was seen.
type countView struct {
	Name   cell
	Events cell
}

// A clientView is what to enter in Cowork's admin settings.
type clientView struct {
	Endpoint string
	Local    bool // the endpoint is one that only this computer knows
	Protocol string
	Headers  []string
}

// quiet is after how long a core kind that came before is worth a question.
const quiet = 72 * time.Hour

func (s *server) setup(w http.ResponseWriter, r *http.Request) error {
	p, err := s.painter(r)
	if err != nil {
		return err
	}
	view := setupView{frame: s.frame(p, "Set-up", "/setup"), Client: s.client(r)}
	got, err := s.askSetup(r)
	if err != nil {
		view.Trouble = troubleOf(err)
	} else {
		p.setup(&view, got, s.src.State())
	}
	s.pages.write(w, http.StatusOK, "setup", view)
	return nil
}

func (s *server) askSetup(r *http.Request) (got report.Setup, err error) {
	err = s.gate.through(r.Context(), func(ctx context.Context) (err error) {
		got, err = s.src.Setup(ctx)
		return s.failed(ctx, "setup", err)
	})
	return got, err
}

func (p *painter) setup(v *setupView, got report.Setup, state report.State) {
	for _, k := range got.Kinds {
		v.Kinds = append(v.Kinds, p.kind(k))
		if k.Core {
			v.Core++
			if k.Events > 0 {
				v.Seen++
			}
		}
	}
	v.Advice = advise(finding{Setup: got, State: state, now: p.now, local: v.Client.Local})
	v.Content = contentFigures(got.Content)
	v.Rejected = p.counts(got.Rejected)
	v.Services = p.counts(got.Services)
}

func (p *painter) kind(k report.Kind) kindView {
	name, _ := shown(k.Name)
	v := kindView{
		Name: name, Core: k.Core, State: "arriving", Badge: "good",
		Events: wholeCell(k.Events, "{event}"), First: p.timeCell(k.First), Last: p.timeCell(k.Last), Ago: ago(k.Last, p.now),
	}
	switch {
	case k.Events == 0:
		v.State, v.Badge = "never seen", "bad"
	case p.now.Sub(k.Last) > quiet:
		v.State, v.Badge = "quiet", "warn"
	}
	v.Versions = p.versions(k.Versions)
	for _, sh := range k.Attributes {
		v.share(sh)
	}
	return v
}

// shownVersions is how many versions of a client are told one by one.
const shownVersions = 4

func (p *painter) versions(list []report.Version) []cell {
	var out []cell
	for _, ver := range list[:min(len(list), shownVersions)] {
		c := p.textCell(ver.Name, report.Column{})
		c.Title = count(float64(ver.Events)) + " events, last " + ago(ver.Last, p.now)
		out = append(out, c)
	}
	if n := len(list) - len(out); n > 0 {
		out = append(out, cell{Kind: "text", Text: count(float64(n)) + " more"})
	}
	return out
}

func (v *kindView) share(sh report.Share) {
	name, _ := shown(sh.Name)
	c := numberCell(sh.Share, strconv.FormatFloat(sh.Share, 'g', 4, 64), "1")
	low := sh.Share < fewOf
	if low && v.Events.Amount > 0 {
		v.Gaps++
	}
	v.Shares = append(v.Shares, shareView{Name: name, Share: c, Width: part(time.Duration(sh.Share*1e6), 1e6) / 10, Low: low})
}

func contentFigures(c report.Content) []panelView {
	figures := []struct {
		title, question, unit string
		n                     int64
	}{
		{"Without content", "Fields of content that the client did not send", "{event}", c.Absent},
		{"Content replaced", "Texts that redaction replaced by a marker", "{text}", c.Replaced},
		{"Content in plain", "Texts that came through as they were written", "{text}", c.Plain},
		{"Findings", "Markers of personal data and secrets, in any attribute", "{marker}", c.Findings},
	}
	var out []panelView
	for _, f := range figures {
		out = append(out, panelView{
			ID: slug(f.title), Title: f.title, Question: f.question, Shape: report.Figure,
			Figure: &figureView{Number: wholeCell(f.n, f.unit), Noun: braced(f.unit, float64(f.n))},
		})
	}
	return out
}

func (p *painter) counts(list []report.Count) []countView {
	var out []countView
	for _, c := range list[:min(len(list), maxRows)] {
		out = append(out, countView{p.textCell(c.Name, report.Column{}), wholeCell(c.Events, "{event}")})
	}
	return out
}

// client is what to enter in Cowork's admin settings, with this collector's address.
func (s *server) client(r *http.Request) clientView {
	c := clientView{Endpoint: s.set.CollectorURL, Protocol: "http/protobuf", Headers: s.set.Headers}
	if c.Endpoint == "" {
		name := clean(cut(hostname(r.Host), maxShown))
		if strings.Contains(name, ":") {
			name = "[" + name + "]"
		}
		c.Endpoint = "http://" + name + ":4318"
	}
	c.Local = isLocal(c.Endpoint)
	return c
}
