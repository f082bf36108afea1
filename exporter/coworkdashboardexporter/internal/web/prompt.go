package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A promptView is one prompt's page.
type promptView struct {
	frame
	ID      string
	Back    string
	Open    bool
	Cut     string
	Figures []panelView
	Facts   []factView
	Fall    *fallView
}

// A factView is a name and what is known under it.
type factView struct {
	Name string
	cell
}

// maxID is the longest id of a prompt that is looked for.
const maxID = 200

func (s *server) prompt(w http.ResponseWriter, r *http.Request) error {
	p, err := s.painter(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if len(id) > maxID || clean(id) != id {
		return report.ErrNotFound
	}
	var one report.Prompt
	var steps []report.Step
	err = s.gate.through(r.Context(), func(ctx context.Context) (err error) {
		one, steps, err = s.src.Prompt(ctx, id)
		return err
	})
	if err != nil {
		if !errors.Is(err, report.ErrNotFound) {
			err = s.failed(r.Context(), "prompt", err)
		}
		return err
	}
	view := promptView{
		frame: s.frame(p, "Prompt", "/prompts"), ID: id, Back: p.query.link("/prompts"), Open: !one.Closed,
		Figures: p.promptFigures(one), Facts: p.promptFacts(one), Fall: p.waterfall(one, steps),
	}
	if one.Cut > 0 {
		view.Cut = count(float64(one.Cut)) + " of its steps are not kept"
	}
	s.pages.write(w, http.StatusOK, "prompt", view)
	return nil
}

// promptNumbers are what a prompt is told by, the most asked first.
var promptNumbers = []struct {
	title string
	unit  string
	of    func(report.Prompt) float64
}{
	{"Cost", "USD", func(p report.Prompt) float64 { return p.CostUSD }},
	{"Duration", "s", func(p report.Prompt) float64 { return p.Duration.Seconds() }},
	{"Requests to the API", "{request}", func(p report.Prompt) float64 { return float64(p.Requests) }},
	{"API errors", "{error}", func(p report.Prompt) float64 { return float64(p.Errors) }},
	{"Tools called", "{call}", func(p report.Prompt) float64 { return float64(p.Tools) }},
	{"Tools failed", "{failure}", func(p report.Prompt) float64 { return float64(p.ToolFailures) }},
	{"Tools rejected", "{rejection}", func(p report.Prompt) float64 { return float64(p.ToolRejects) }},
	{"Input", "{token}", func(p report.Prompt) float64 { return float64(p.InputTokens) }},
	{"Output", "{token}", func(p report.Prompt) float64 { return float64(p.OutputTokens) }},
}

func (p *painter) promptFigures(one report.Prompt) []panelView {
	var out []panelView
	for _, n := range promptNumbers {
		v := n.of(one)
		c := numberCell(v, strconv.FormatFloat(v, 'f', -1, 64), n.unit)
		out = append(out, panelView{
			ID: slug(n.title), Title: n.title, Shape: report.Figure,
			Figure: &figureView{Number: c, Noun: noun(v, n.unit)},
		})
	}
	return out
}

func (p *painter) promptFacts(one report.Prompt) []factView {
	facts := []factView{
		{"Started", cell{Kind: "time", Text: exactly(one.Start, p.zone), Value: p.timeCell(one.Start).Value}},
		{"User", p.textCell(one.User, report.Column{Name: "user"})},
		{"Organization", p.textCell(one.Organization, report.Column{Name: "organization"})},
		{"Session", p.textCell(one.Session, report.Column{})},
	}
	for _, m := range one.Models {
		facts = append(facts, factView{"Model", p.textCell(m, report.Column{Name: "model"})})
	}
	return facts
}
