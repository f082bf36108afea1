package setup

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// A checkJSON is the setup check in JSON.
type checkJSON struct {
	report.Setup
	Refused []refusedJSON `json:"refused"`
	Advice  []Advice      `json:"advice"`
	Client  Client        `json:"client"`
}

type refusedJSON struct {
	report.Refused
	Reason string `json:"reason"`
}

// JSON returns the setup check for JSON. Lists without elements are empty, not null.
func (s Check) JSON() any {
	out := checkJSON{s.Setup, []refusedJSON{}, s.Advice(), s.Client}
	for _, r := range s.Refused {
		out.Refused = append(out.Refused, refusedJSON{r, refusalOf(r.Status).reason})
	}
	out.Client.Headers = append([]string{}, s.Client.Headers...)
	for _, list := range []*[]report.Count{&out.Rejected, &out.Services, &out.Unknown, &out.Unpriced} {
		*list = append([]report.Count{}, *list...)
	}
	out.Storage.Tables = append([]report.StoredTable{}, s.Storage.Tables...)
	out.Kinds = append([]report.Kind{}, s.Kinds...)
	for i, k := range out.Kinds {
		out.Kinds[i].Versions = append([]report.Version{}, k.Versions...)
		out.Kinds[i].Attributes = append([]report.Share{}, k.Attributes...)
	}
	return out
}
