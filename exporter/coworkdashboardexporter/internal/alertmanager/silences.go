package alertmanager

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

var _ report.Silences = (*Client)(nil)

// maxSilences bounds the silences that are returned.
const maxSilences = 200

// A silence is a silence of the API.
type silence struct {
	ID     string `json:"id,omitempty"`
	Status *struct {
		State string `json:"state"`
	} `json:"status,omitempty"`
	Matchers  []matcher `json:"matchers"`
	StartsAt  time.Time `json:"startsAt"`
	EndsAt    time.Time `json:"endsAt"`
	CreatedBy string    `json:"createdBy"`
	Comment   string    `json:"comment"`
}

type matcher struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	IsRegex bool   `json:"isRegex"`
	IsEqual *bool  `json:"isEqual,omitempty"` // true if it is missing
}

// An alert is what an alert of the API has of its silences.
type alert struct {
	Labels map[string]string `json:"labels"`
	Status struct {
		SilencedBy []string `json:"silencedBy"`
	} `json:"status"`
}

// fingerprintLabel is the label by which cowork_alert identifies an alert.
const fingerprintLabel = "fingerprint"

// State returns the silences, and which alerts they suppress.
func (c *Client) State(ctx context.Context) (s report.SilenceState, err error) {
	var list []silence
	if err := c.request(ctx, http.MethodGet, "/silences", nil, &list); err != nil {
		return s, err
	}
	var alerts []alert
	if err := c.request(ctx, http.MethodGet, "/alerts?active=false&inhibited=true&silenced=true&unprocessed=false", nil, &alerts); err != nil {
		return s, err
	}
	for i := range list {
		if one := &list[i]; one.Status != nil && one.Status.State != "expired" {
			s.Silences = append(s.Silences, one.report())
		}
	}
	slices.SortFunc(s.Silences, func(a, b report.Silence) int { return cmp.Or(a.End.Compare(b.End), strings.Compare(a.ID, b.ID)) })
	if s.Cut = max(0, len(s.Silences)-maxSilences); s.Cut > 0 {
		s.Silences = s.Silences[:maxSilences]
	}
	s.By = map[string][]string{}
	for _, a := range alerts {
		if name := a.Labels[fingerprintLabel]; name != "" && len(a.Status.SilencedBy) > 0 {
			s.By[name] = a.Status.SilencedBy
		}
	}
	return s, nil
}

// operators are the operators of a matcher by isEqual and isRegex.
var operators = map[[2]bool]string{{true, false}: "=", {false, false}: "!=", {true, true}: "=~", {false, true}: "!~"}

func (s *silence) report() report.Silence {
	r := report.Silence{ID: s.ID, Who: s.CreatedBy, Why: s.Comment, Start: s.StartsAt, End: s.EndsAt, Pending: s.Status.State == "pending"}
	for _, m := range s.Matchers {
		isEqual := m.IsEqual == nil || *m.IsEqual
		r.Matchers = append(r.Matchers, report.Matcher{Name: m.Name, Value: m.Value, Operator: operators[[2]bool{isEqual, m.IsRegex}]})
	}
	return r
}

// Create creates a silence whose matchers compare for equality, and returns its id.
func (c *Client) Create(ctx context.Context, s report.Silence) (string, error) {
	one := silence{StartsAt: s.Start.UTC(), EndsAt: s.End.UTC(), CreatedBy: s.Who, Comment: s.Why}
	isEqual := true
	for _, m := range s.Matchers {
		one.Matchers = append(one.Matchers, matcher{Name: m.Name, Value: m.Value, IsEqual: &isEqual})
	}
	var created struct {
		ID string `json:"silenceID"`
	}
	if err := c.request(ctx, http.MethodPost, "/silences", one, &created); err != nil {
		return "", err
	}
	if created.ID == "" {
		return "", errNoJSON
	}
	return created.ID, nil
}

// Expire ends a silence.
func (c *Client) Expire(ctx context.Context, id string) error {
	return c.request(ctx, http.MethodDelete, "/silence/"+url.PathEscape(id), nil, nil)
}
