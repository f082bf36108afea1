package ocsf

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/schema"
)

// fillUnmapped writes the attributes of the record that the document has nowhere else, also
// those in its body, where the desktop app sends them. A value has the type of its
// attribute in the schema of Cowork's events, and is text if the attribute is not known, so
// that a path has one type.
func fillUnmapped(d *document) {
	var m pcommon.Map
	for key, value := range schema.AttributesOf(d.Record()) {
		if slices.Contains(d.used, key) {
			continue
		}
		if m == (pcommon.Map{}) {
			m = d.root.PutEmptyMap("unmapped")
		}
		if m.Len() >= maxUnmapped || d.Left == 0 {
			d.Truncated = true
			break
		}
		name := strings.ReplaceAll(d.Cut(key), ".", "_")
		if _, ok := m.Get(name); !ok && name != "" {
			schema.PutTyped(m, name, d.Event, key, value, &d.Bounds)
		}
	}
}
