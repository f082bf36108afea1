package alerts

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A SilenceInput is the state of the Alertmanager.
type SilenceInput struct {
	State report.SilenceState
	Err   error
	// ReadOnly is set if the page must not change silences.
	ReadOnly bool
}

// A SilenceList is the list of silences.
type SilenceList struct {
	Trouble  string
	Silences []Silence
	Cut      string
	ReadOnly bool
	Token    string
	Back     string // the address of the page
}

// A Silence is one silence.
type Silence struct {
	ID, Who, Why, Matchers string
	Start, End             chart.Cell
	Pending                bool
}

func newSilenceList(q *urlquery.Query, in *Input) *SilenceList {
	if in.Silences == nil {
		return nil
	}
	list := &SilenceList{ReadOnly: in.Silences.ReadOnly, Token: in.Token, Back: q.Link("/alerts")}
	if in.Silences.Err != nil {
		list.Trouble = SilenceTrouble(in.Silences.Err)
	}
	for _, s := range newest(in.Silences.State.Silences) {
		var matchers []string
		for _, m := range s.Matchers {
			matchers = append(matchers, m.Name+m.Operator+m.Value)
		}
		list.Silences = append(list.Silences, Silence{
			ID: s.ID, Who: text(s.Who), Why: text(s.Why), Matchers: text(strings.Join(matchers, ", ")),
			Start: chart.Time(q, s.Start), End: chart.Time(q, s.End), Pending: s.Pending,
		})
	}
	if in.Silences.State.Cut > 0 {
		list.Cut = format.CountNoun(int64(in.Silences.State.Cut), "{silence}")
	}
	return list
}

// SilenceTrouble returns the text for an error of an Alertmanager.
func SilenceTrouble(err error) string {
	if known, ok := errors.AsType[report.SilenceError](err); ok {
		return string(known)
	}
	return chart.Unanswered
}

// A Duration is a choice of the form.
type Duration struct {
	Value, Label string
	For          time.Duration
}

// Durations are the choices of how long a silence lasts.
var Durations = []Duration{
	{"1h", "1 hour", time.Hour},
	{"4h", "4 hours", 4 * time.Hour},
	{"1d", "1 day", 24 * time.Hour},
	{"7d", "7 days", 7 * 24 * time.Hour},
	{"30d", "30 days", 30 * 24 * time.Hour},
}

// The scopes of a silence.
const (
	ofAlert = "alert"
	ofRule  = "rule"
)

// A Form is the form of a new silence.
type Form struct {
	Alert     Alert
	Key       string // of the alert
	Token     string
	Durations []Duration
	Back      string
}

// NewForm returns the form for an alert.
func NewForm(q *urlquery.Query, a *report.Alert, token string) Form {
	return Form{newAlert(q, a), a.Fingerprint, token, Durations, q.Link("/alerts")}
}

// The bounds of the texts of a silence, in characters.
const (
	maxWho = 100
	maxWhy = 500
)

// ParseSilence returns the silence of a form about an alert. The error lists everything
// that is wrong.
func ParseSilence(values url.Values, a *report.Alert, now time.Time) (s report.Silence, err error) {
	var errs []error
	field := func(name string, most int) string {
		value := strings.TrimSpace(values.Get(name))
		if value == "" || utf8.RuneCountInString(value) > most || format.Sanitize(value) != value {
			errs = append(errs, fmt.Errorf("%s: must be a text of 1 to %d characters in one line", name, most))
		}
		return value
	}
	s.Who, s.Why = field("who", maxWho), field("why", maxWhy)
	for _, d := range Durations {
		if values.Get("for") == d.Value {
			s.Start, s.End = now, now.Add(d.For)
		}
	}
	if s.End.IsZero() {
		errs = append(errs, errors.New("for: must be one of 1h, 4h, 1d, 7d, 30d"))
	}
	s.Matchers = []report.Matcher{{Name: "alertname", Value: a.Name, Operator: "="}}
	switch scope := values.Get("scope"); {
	case scope == ofAlert:
		s.Matchers = append(s.Matchers, report.Matcher{Name: "fingerprint", Value: a.Fingerprint, Operator: "="})
	case scope != ofRule:
		errs = append(errs, errors.New("scope: must be alert or rule"))
	}
	return s, errors.Join(errs...)
}

var silenceID = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)

// ParseID returns the id of a silence in a form.
func ParseID(values url.Values) (string, error) {
	id := values.Get("id")
	if !silenceID.MatchString(id) {
		return "", errors.New("id: must be the id of a silence")
	}
	return id, nil
}
