// Package events holds the page of the latest records: the filter in its address
// ([ParseFilter]), its view ([NewView]), and the records for programs ([JSON]).
package events

import (
	"errors"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// PageAccepts and FileAccepts are the parameters of the page and of its JSON.
var (
	PageAccepts = urlquery.Accepts{Names: []string{"user"}, Limit: urlquery.Limit{Default: 100, Max: 1000}, Own: []string{"kind", "session", "prompt", "attribute", "until"}}
	FileAccepts = urlquery.Accepts{Names: []string{"user"}, Limit: urlquery.Limit{Default: 1000, Max: 10_000}, Own: append(PageAccepts.Own[:4:4], "after", "until")}
)

// ParseFilter returns the filter of an address. The error lists everything that is wrong.
func ParseFilter(q *urlquery.Query) (report.EventFilter, error) {
	f := report.EventFilter{Kind: q.Value("kind"), User: q.Filter.User, Session: q.Value("session"), Prompt: q.Value("prompt"), Limit: q.Limit}
	var errs [3]error
	f.Attribute, errs[0] = parseAttribute(q.Value("attribute"))
	f.After, errs[1] = parseSequence(q, "after")
	f.Until, errs[2] = parseSequence(q, "until")
	return f, errors.Join(errs[:]...)
}

// parseAttribute reads key=value, key~part, or the key alone.
func parseAttribute(text string) (m report.AttributeMatch, err error) {
	if text == "" {
		return m, nil
	}
	m.Key, m.Contains = text, true
	if i := strings.IndexAny(text, "=~"); i >= 0 {
		m = report.AttributeMatch{Key: text[:i], Value: text[i+1:], Contains: text[i] == '~'}
	}
	if m.Key = strings.TrimSpace(m.Key); m.Key == "" {
		return m, errors.New("attribute: has no key (tool_name=Bash, error~timeout or tool_name would be right)")
	}
	return m, nil
}

func parseSequence(q *urlquery.Query, parameter string) (int64, error) {
	text := q.Value(parameter)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, errors.New(parameter + ": must be the number of a record (such as last of the JSON)")
	}
	return n, nil
}
