package language

import (
	"fmt"

	"github.com/cowork-otel/collector/internal/cowork"
)

// showable are the fields of a record that have no text of its sender.
var showable = map[string]bool{
	"time": true, "time_unix_nano": true, "observed_time": true, "observed_time_unix_nano": true,
	"severity_number": true, "trace_id": true, "span_id": true, "flags": true,
}

// Shown returns why the value of an expression must not be shown to people in a label or a
// message: it reads a field that may hold content or that identifies a person. It returns
// nil if the value may be shown.
func Shown(text string) error {
	list := tokensOf(text)
	for _, i := range convertersOf(list) {
		return fmt.Errorf("%s(): may hold content, and would be shown", converters[i].name)
	}
	for _, p := range pathsOf(list) {
		if showable[p.field] && p.context == "log" || p.context == "scope" && (p.field == "name" || p.field == "version") {
			continue
		}
		if p.field != "attributes" || p.key == "" {
			return fmt.Errorf("%s: may hold content, and would be shown (labels, measures and identifiers of the schema may)", p.field)
		}
		a := cowork.AttributeOf(p.key)
		switch {
		case a == nil:
			return fmt.Errorf("%s: is not in the schema, may hold content, and would be shown", p.key)
		case a.Class == cowork.Content:
			return fmt.Errorf("%s: may hold content, and would be shown", p.key)
		case a.Class == cowork.Personal:
			return fmt.Errorf("%s: identifies a person (the dimension user distinguishes users)", p.key)
		}
	}
	return nil
}
