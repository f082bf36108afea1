package ocsf

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/schema"
)

// unmappedTypes are the types of the names of attributes in unmapped.
var unmappedTypes = schema.TypesOf(unmappedName)

func unmappedName(attribute string) string { return strings.ReplaceAll(attribute, ".", "_") }

// fillUnmapped writes the attributes of the record that the document has nowhere else, also
// those in its body, where the desktop app sends them, in one type for each path.
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
		name := unmappedName(d.Cut(key))
		if _, ok := m.Get(name); !ok && name != "" {
			schema.PutTyped(m, name, unmappedTypes[name], d.Event, key, value, &d.Bounds)
		}
	}
}
