package prompts

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Form has the fields of a search, besides those of the filter.
type Form struct {
	Fields []Field
	Hidden []Field // the order of the list
	// Set is set if a field has a value.
	Set bool
}

// A Field is the field of a parameter: a choice of options, or a text.
type Field struct {
	Parameter string
	Label     string
	Hint      string
	Options   []string
	Value     string
}

// fields are all fields. The hint is an example of a value.
var fields = []Field{
	{Parameter: "outcome", Label: "Outcome", Options: outcomeNames()},
	{Parameter: "id", Label: "Id begins with", Hint: "3f2a"},
	{Parameter: "session", Label: "Session", Hint: "the whole id"},
	{Parameter: "min_cost", Label: "Cost at least", Hint: "0.50"},
	{Parameter: "max_cost", Label: "Cost at most", Hint: "10"},
	{Parameter: "min_duration", Label: "Duration at least", Hint: "90s"},
	{Parameter: "max_duration", Label: "Duration at most", Hint: "5m"},
}

// NewForm returns the form of a search with some parameters.
func NewForm(q *urlquery.Query, parameters []string) *Form {
	form := &Form{}
	for _, f := range fields {
		if slices.Contains(parameters, f.Parameter) {
			f.Value = q.Value(f.Parameter)
			form.Set = form.Set || f.Value != ""
			form.Fields = append(form.Fields, f)
		}
	}
	for _, name := range []string{"sort", "order", "limit"} {
		if v := q.Value(name); v != "" {
			form.Hidden = append(form.Hidden, Field{Parameter: name, Value: v})
		}
	}
	return form
}
