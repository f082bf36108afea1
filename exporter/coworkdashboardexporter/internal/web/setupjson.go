package web

import (
	"net/http"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A setupAnswer is the check of the set-up as a program sees it.
type setupAnswer struct {
	Kinds    []kindEntry  `json:"kinds"`
	Rejected []countEntry `json:"rejected"`
	Services []countEntry `json:"services"`
	Content  contentEntry `json:"content"`
	Advice   []adviceItem `json:"advice"`
	Client   clientEntry  `json:"client"`
}

type kindEntry struct {
	Name       string             `json:"name"`
	Core       bool               `json:"core"`
	Events     int64              `json:"events"`
	First      *time.Time         `json:"first"`
	Last       *time.Time         `json:"last"`
	Versions   []countEntry       `json:"versions"`
	Attributes map[string]float64 `json:"attributes"`
}

type countEntry struct {
	Name   string `json:"name"`
	Events int64  `json:"events"`
}

type contentEntry struct {
	Absent   int64 `json:"absent"`
	Replaced int64 `json:"replaced"`
	Plain    int64 `json:"plain"`
	Findings int64 `json:"findings"`
}

type adviceItem struct {
	Level string `json:"level"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

type clientEntry struct {
	Endpoint string   `json:"endpoint"`
	Protocol string   `json:"protocol"`
	Headers  []string `json:"headers"`
}

func (s *server) setupJSON(w http.ResponseWriter, r *http.Request) error {
	got, err := s.askSetup(r)
	if err != nil {
		return err
	}
	c := s.client(r)
	a := setupAnswer{
		Kinds: []kindEntry{}, Rejected: entries(got.Rejected), Services: entries(got.Services),
		Content: contentEntry(got.Content), Client: clientEntry{c.Endpoint, c.Protocol, append([]string{}, c.Headers...)},
	}
	for _, k := range got.Kinds {
		a.Kinds = append(a.Kinds, kindEntryOf(k))
	}
	for _, v := range advise(finding{Setup: got, State: s.src.State(), now: s.set.Now(), local: c.Local}) {
		a.Advice = append(a.Advice, adviceItem{v.Badge, v.What, v.Do})
	}
	return sendJSON(w, a)
}

func kindEntryOf(k report.Kind) kindEntry {
	e := kindEntry{
		Name: k.Name, Core: k.Core, Events: k.Events, First: moment(k.First), Last: moment(k.Last),
		Versions: []countEntry{}, Attributes: map[string]float64{},
	}
	for _, v := range k.Versions {
		e.Versions = append(e.Versions, countEntry{v.Name, v.Events})
	}
	for _, a := range k.Attributes {
		e.Attributes[a.Name] = a.Share
	}
	return e
}

func entries(list []report.Count) []countEntry {
	out := make([]countEntry, len(list))
	for i, c := range list {
		out[i] = countEntry(c)
	}
	return out
}

// moment is a time for a program, null where there is none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
