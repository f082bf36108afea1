package web

import (
	"context"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// maxChoices is how many names one list of the filter offers.
const maxChoices = 1000

// A filterView is the form that narrows a page.
type filterView struct {
	Action string
	Spans  []navItem
	Range  string
	From   string // as the form's fields want them, "" for a named range
	To     string
	Names  []choiceView
	Told   string // the time that is shown, in words
	// Counted is the time that figures are about, "" where it is the one that is shown.
	Counted string
	Zone    string
	Clear   string // leads to the page without names, "" where none is set
}

// A choiceView is one name to narrow by.
type choiceView struct {
	Name    string
	Label   string
	Any     string
	Value   string
	Options []cell
	Full    []string
}

func (s *server) filter(ctx context.Context, p *painter) *filterView {
	q := p.query
	v := &filterView{Action: q.path, Range: q.Range, Told: told(q, p.zone), Zone: zoneName(p)}
	for _, sp := range spans {
		v.Spans = append(v.Spans, navItem{sp.Label, q.spanned(sp.Name), sp.Name == q.Range})
	}
	if q.Range == "" {
		v.From, v.To = q.From.In(p.zone).Format(timeLayouts[1]), q.To.In(p.zone).Format(timeLayouts[1])
	}
	if len(q.set()) > 0 {
		v.Clear = q.link(q.path, "organization", "", "user", "", "model", "")
	}
	var c report.Choices
	// A list that is missing leaves a field to type in; the page stands without it.
	_ = s.gate.through(ctx, func(ctx context.Context) (err error) {
		c, err = s.src.Choices(ctx, q.Filter)
		return s.failed(ctx, "choices", err)
	})
	v.Names = []choiceView{
		choices("organization", "Organization", "All organizations", q.Organization, c.Organizations),
		choices("user", "User", "All users", q.User, c.Users),
		choices("model", "Model", "All models", q.Model, c.Models),
	}
	return v
}

func choices(name, label, all, value string, options []string) choiceView {
	v := choiceView{Name: name, Label: label, Any: all, Value: value}
	for _, o := range options[:min(len(options), maxChoices)] {
		if clean(o) == o && o != "" && len(o) <= maxValue {
			text, _ := shown(o)
			v.Options = append(v.Options, cell{Kind: "text", Text: text, Value: o})
		}
	}
	return v
}

func told(q query, zone *time.Location) string {
	for _, sp := range spans {
		if sp.Name == q.Range {
			return sp.Long
		}
	}
	return stretch(q.From, q.To, zone)
}

// counted says which whole hours or days an answer is about, where that is more than
// was asked for. A named time ends now and begins where an hour or a day does.
func (p *painter) counted(t report.Table) string {
	early := t.From.Before(p.query.From)
	late := t.To.After(p.query.To) && p.query.To.Before(p.now)
	if p.query.Range != "" || t.From.IsZero() || !early && !late {
		return ""
	}
	return "figures are of whole hours or days: " + stretch(t.From, t.To, p.zone)
}

// stretch is a time in words.
func stretch(from, to time.Time, zone *time.Location) string {
	return from.In(zone).Format(minuteLayout) + " to " + to.In(zone).Format("2 Jan 2006 15:04")
}

// zoneName is the zone with its distance from UTC where the name does not say it.
func zoneName(p *painter) string {
	name, offset := p.zone.String(), p.now.In(p.zone).Format("-07:00")
	switch name {
	case "UTC":
		return name
	case time.Local.String():
		name = p.now.In(p.zone).Format("MST")
	}
	if name == "UTC" {
		return name
	}
	return name + " (UTC" + offset + ")"
}

// browserZone is the zone as a browser knows it. That of the collector's own computer
// has no name, so its present distance from UTC stands for it.
func browserZone(p *painter) string {
	if name := p.zone.String(); name != time.Local.String() {
		return name
	}
	return p.now.In(p.zone).Format("-07:00")
}
