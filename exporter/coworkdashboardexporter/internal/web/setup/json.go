package setup

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/encode"
)

type checkJSON struct {
	Kinds    []kindJSON    `json:"kinds"`
	Rejected []countJSON   `json:"rejected"`
	Services []countJSON   `json:"services"`
	Unknown  []countJSON   `json:"unknown_attributes"`
	Unpriced []countJSON   `json:"unpriced_models"`
	Refused  []refusedJSON `json:"refused"`
	Content  contentJSON   `json:"content"`
	Storage  storageJSON   `json:"storage"`
	Advice   []adviceJSON  `json:"advice"`
	Client   clientJSON    `json:"client"`
}

type kindJSON struct {
	Name       string             `json:"name"`
	Core       bool               `json:"core"`
	Events     int64              `json:"events"`
	First      *time.Time         `json:"first"`
	Last       *time.Time         `json:"last"`
	Versions   []countJSON        `json:"versions"`
	Attributes map[string]float64 `json:"attributes"`
}

type countJSON struct {
	Name   string `json:"name"`
	Events int64  `json:"events"`
}

type refusedJSON struct {
	Receiver  string     `json:"receiver"`
	Transport string     `json:"transport"`
	Status    string     `json:"status"`
	Reason    string     `json:"reason"`
	Requests  int64      `json:"requests"`
	Last      *time.Time `json:"last"`
}

type contentJSON struct {
	Absent   int64 `json:"absent"`
	Replaced int64 `json:"replaced"`
	Plain    int64 `json:"plain"`
	Findings int64 `json:"findings"`
}

type storageJSON struct {
	Engine string      `json:"engine"`
	Bytes  int64       `json:"bytes"`
	Tables []tableJSON `json:"tables"`
}

type tableJSON struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	Oldest string `json:"oldest,omitempty"`
}

type adviceJSON struct {
	Level string `json:"level"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

type clientJSON struct {
	Endpoint string   `json:"endpoint"`
	Protocol string   `json:"protocol"`
	Headers  []string `json:"headers"`
}

// JSON returns the setup check for JSON.
func (s Check) JSON() any {
	out := checkJSON{
		Kinds: []kindJSON{}, Refused: []refusedJSON{}, Content: contentJSON(s.Content),
		Rejected: countsJSON(s.Rejected), Services: countsJSON(s.Services), Unknown: countsJSON(s.Unknown), Unpriced: countsJSON(s.Unpriced),
		Storage: storageJSON{s.Storage.Engine, s.Storage.Bytes, []tableJSON{}},
		Client:  clientJSON{s.Client.Endpoint, s.Client.Protocol, append([]string{}, s.Client.Headers...)},
	}
	for _, r := range s.Refused {
		out.Refused = append(out.Refused, refusedJSON{r.Receiver, r.Transport, r.Status, refusalOf(r.Status).reason, r.Count, encode.Time(r.Last)})
	}
	for _, k := range s.Kinds {
		out.Kinds = append(out.Kinds, newKindJSON(k))
	}
	for _, t := range s.Storage.Tables {
		out.Storage.Tables = append(out.Storage.Tables, tableJSON(t))
	}
	for _, a := range s.Advice() {
		out.Advice = append(out.Advice, adviceJSON{a.Badge, a.What, a.Do})
	}
	return out
}

func newKindJSON(k report.Kind) kindJSON {
	out := kindJSON{
		Name: k.Name, Core: k.Core, Events: k.Events, First: encode.Time(k.First), Last: encode.Time(k.Last),
		Versions: []countJSON{}, Attributes: map[string]float64{},
	}
	for _, v := range k.Versions {
		out.Versions = append(out.Versions, countJSON{v.Name, v.Events})
	}
	for _, a := range k.Attributes {
		out.Attributes[a.Name] = a.Share
	}
	return out
}

func countsJSON(counts []report.Count) []countJSON {
	out := make([]countJSON, len(counts))
	for i, c := range counts {
		out[i] = countJSON(c)
	}
	return out
}
