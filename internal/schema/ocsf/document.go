package ocsf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// The bounds of a document. A text beyond them is cut, and metadata.is_truncated is set.
const (
	maxText     = 32 << 10 // bytes of one text
	maxDocument = 256 << 10
	maxUnmapped = 128 // attributes
)

// A document is an OCSF event while it is written.
type document struct {
	cowork.Event
	kind     string
	root     pcommon.Map
	class    *class
	activity activity
	// used are the attributes that the document has elsewhere than in unmapped.
	used []string
	schema.Bounds
	// control marks a document with the profile security_control.
	control bool
}

// text returns an attribute as text, "" for one that is absent or was replaced by a
// marker of redaction.
func (d *document) text(key string) string { return schema.TextOf(d.Event, key) }

// take is text for an attribute that the document will have, which unmapped then lacks.
func (d *document) take(key string) string {
	text := d.text(key)
	if text != "" {
		d.use(key)
	}
	return text
}

// takeInt is take for a number that is not negative.
func (d *document) takeInt(key string) (int64, bool) {
	n, ok := d.Int(key)
	if !ok || n < 0 {
		return 0, false
	}
	d.use(key)
	return n, true
}

func (d *document) use(keys ...string) { d.used = append(d.used, keys...) }

// put writes a text within the bounds. An empty text is not written.
func (d *document) put(m pcommon.Map, key, text string) {
	if text = d.Cut(text); text != "" {
		m.PutStr(key, text)
	}
}

// putRequired is put with a fallback for an empty text.
func (d *document) putRequired(m pcommon.Map, key, text, fallback string) {
	if text = d.Cut(text); text == "" {
		text = fallback
	}
	m.PutStr(key, text)
}

// child returns the object of a key, which is made if it is absent.
func child(m pcommon.Map, key string) pcommon.Map {
	if v, ok := m.Get(key); ok {
		return v.Map()
	}
	return m.PutEmptyMap(key)
}

// caption writes an identifier and its caption, such as status_id and status.
func caption(m pcommon.Map, key string, id int64, name string) {
	m.PutInt(key+"_id", id)
	m.PutStr(key, name)
}
