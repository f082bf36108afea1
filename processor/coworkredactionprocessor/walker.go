package coworkredactionprocessor

import (
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/pii"
)

// maxDepth is how deep values are walked. OTLP itself has no limit; what lies
// deeper is replaced.
const maxDepth = 512

// smallNumber is below every number that names somebody: the shortest telephone
// numbers have seven digits. Under a key that the schema does not know, a smaller
// one can still be a password, or what a custom pattern looks for.
const smallNumber = 1e6

// A walker cleans the values of one batch. It is not safe for concurrent use.
type walker struct {
	*policy
	tally  *tally
	kind   string // of the event it is in: a name that the schema knows, or a place such as "resource"
	bodies bool   // the event has an API body, or may have one
	found  []pii.Finding
}

func newWalker(p *policy) *walker {
	return &walker{policy: p, tally: newTally()}
}

// attributes cleans a map's values, then its keys. outer is the key that the map
// itself stands under, "" if none.
func (w *walker) attributes(outer string, m pcommon.Map, depth int) {
	dirty := false
	named := outer // who an element called "value" belongs to
	for key, value := range m.All() {
		about := w.subject(key)
		if strings.EqualFold(key, "value") {
			w.behind(named, key, value, depth)
		} else {
			w.valueOf(about, key, value, depth)
		}
		if value.Type() == pcommon.ValueTypeStr && (strings.EqualFold(key, "name") || strings.EqualFold(key, "key")) {
			named = value.Str()
		}
		if !dirty && about.label == unknownLabel {
			_, dirty = w.cleanKey(key)
		}
	}
	if dirty {
		w.renameKeys(m)
	}
}

// list cleans the elements of a list. An element behind a flag such as --password
// is that flag's.
func (w *walker) list(key string, list pcommon.Slice, depth int) {
	flag := ""
	for _, item := range list.All() {
		before := flag
		flag = ""
		if item.Type() == pcommon.ValueTypeStr {
			flag = pii.Flag(item.Str())
		}
		w.behind(before, key, item, depth)
	}
}

// behind cleans a value that stands behind a name or a flag, "" if there is none:
// under that, and under its own key. A map or list is walked once, as its own key
// if there is a rule for it, since twice at each level would be without end.
func (w *walker) behind(name, key string, v pcommon.Value, depth int) {
	container := v.Type() == pcommon.ValueTypeMap || v.Type() == pcommon.ValueTypeSlice
	switch {
	case name == "":
	case !container:
		w.value(name, v, depth)
	case !w.subject(key).ruled:
		key = name
	}
	w.value(key, v, depth)
}

// value cleans what stands under a key, whatever its shape.
func (w *walker) value(key string, v pcommon.Value, depth int) {
	w.valueOf(w.subject(key), key, v, depth)
}

// valueOf does so for a key that was looked up. A sender can write a map, list or
// bytes without their content, which pdata hands out as a zero value that must not
// be touched.
func (w *walker) valueOf(about *subject, key string, v pcommon.Value, depth int) {
	if depth > maxDepth {
		w.tally.limits[limitDepth]++
		w.replace(about, v, wholeOverLimit)
		return
	}
	if with, ok := w.replaced(about, v); ok {
		w.replace(about, v, with)
		return
	}
	switch v.Type() {
	case pcommon.ValueTypeStr:
		if clean := w.text(about, key, v.Str()); clean != v.Str() {
			v.SetStr(clean)
		}
	case pcommon.ValueTypeInt:
		w.number(about, key, v, float64(v.Int()))
	case pcommon.ValueTypeDouble:
		w.number(about, key, v, v.Double())
	case pcommon.ValueTypeBytes:
		if bytes := v.Bytes(); bytes != (pcommon.ByteSlice{}) {
			w.bytes(about, key, bytes)
		}
	case pcommon.ValueTypeMap:
		if m := v.Map(); m != (pcommon.Map{}) {
			w.attributes(key, m, depth+1)
		}
	case pcommon.ValueTypeSlice:
		if list := v.Slice(); list != (pcommon.Slice{}) {
			w.list(key, list, depth+1)
		}
	case pcommon.ValueTypeBool, pcommon.ValueTypeEmpty:
		// Neither can hold anything to hide.
	}
}

// replaced reports whether a value is replaced unseen, and with what. A map in
// the place of an identity is: nobody can say which part of it names someone.
func (w *walker) replaced(about *subject, v pcommon.Value) (whole, bool) {
	switch {
	case !about.ruled:
		return whole{}, false
	case about.identity:
		return wholeIdentity, v.Type() == pcommon.ValueTypeMap
	default:
		return about.whole, !about.bodies || w.bodies
	}
}

// replace puts a marker in the place of a value of any shape.
func (w *walker) replace(about *subject, v pcommon.Value, with whole) {
	if v.Type() == pcommon.ValueTypeEmpty || v.Type() == pcommon.ValueTypeStr && (v.Str() == "" || v.Str() == with.marker) {
		return
	}
	v.SetStr(with.marker)
	w.tally.find(with.name, about.label, w.kind)
}

// text returns the text as it may go on.
func (w *walker) text(about *subject, key, text string) string {
	switch {
	case text == "" || !about.identity && about.spares(text):
		return text
	case len(text) > w.maxBytes:
		w.tally.limits[limitBytes]++
		w.tally.find(wholeOverLimit.name, about.label, w.kind)
		return wholeOverLimit.marker
	case about.identity && isOwnMarker(text):
		return text
	case about.identity:
		return w.count(about, w.treat(w.identify, key, text))
	default:
		w.tally.bytes += int64(len(text))
		return w.count(about, w.treat(w.scanner.Redact, key, text))
	}
}

// count counts the findings of the last treatment and returns its text.
func (w *walker) count(about *subject, clean string) string {
	for _, f := range w.found {
		w.tally.find(f.Pattern.Name, about.label, w.kind)
	}
	return clean
}

// treat applies a treatment, and leaves what it found in w.found. One that
// panics has not cleaned the text, so the text does not go on; and one value
// that the scanner cannot bear must not stop the telemetry of everyone else.
func (w *walker) treat(treatment identify, key, text string) (clean string) {
	defer func() {
		if recover() != nil {
			w.tally.failures++
			clean, w.found = wholeFailure.marker, append(w.found[:0], failureFinding)
		}
	}()
	clean, w.found = treatment(w.found[:0], key, text)
	return clean
}

var failureFinding = pii.Finding{Pattern: &pii.Pattern{Name: wholeFailure.name, Marker: wholeFailure.marker}}

// number replaces a number that reads as something else, such as a card.
func (w *walker) number(about *subject, key string, v pcommon.Value, n float64) {
	if math.Abs(n) < smallNumber && about.inSchema && !about.identity {
		return
	}
	text := v.AsString()
	if v.Type() == pcommon.ValueTypeDouble {
		text = strconv.FormatFloat(n, 'f', -1, 64)
	}
	if clean := w.text(about, key, text); clean != text {
		v.SetStr(clean)
	}
}

// bytes cleans bytes as the text they may be.
func (w *walker) bytes(about *subject, key string, b pcommon.ByteSlice) {
	text := string(b.AsRaw())
	if clean := w.text(about, key, text); clean != text {
		b.FromRaw([]byte(clean))
	}
}
