package coworkredactionprocessor

import (
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// maxDepth is how deep values are walked. OTLP itself has no limit; what lies
// deeper is replaced.
const maxDepth = 512

// smallNumber is below every number that names somebody: the shortest telephone
// numbers have seven digits. Under a key that the schema does not know, a smaller
// one can still be a password, or what a custom pattern looks for.
const smallNumber = 1e6

// cardDigits is the length of the shortest number that can be a payment card. A
// shorter number under a key that the schema knows as a measure is left alone.
const cardDigits = 13

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
		if strings.EqualFold(key, "value") {
			w.behind(named, key, value, depth)
		} else {
			w.value(key, value, depth)
		}
		if value.Type() == pcommon.ValueTypeStr && (strings.EqualFold(key, "name") || strings.EqualFold(key, "key")) {
			named = value.Str()
		}
		if !dirty {
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
	_, ruled := w.rules[key]
	switch {
	case name == "":
	case !container:
		w.value(name, v, depth)
	case !ruled:
		key = name
	}
	w.value(key, v, depth)
}

// value cleans what stands under a key, whatever its shape. A sender can write a
// map, list or bytes without their content, which pdata hands out as a zero value
// that must not be touched.
func (w *walker) value(key string, v pcommon.Value, depth int) {
	if depth > maxDepth {
		w.tally.limits[limitDepth]++
		w.replace(key, v, wholeOverLimit)
		return
	}
	if with, ok := w.replaced(key, v); ok {
		w.replace(key, v, with)
		return
	}
	switch v.Type() {
	case pcommon.ValueTypeStr:
		if clean := w.text(key, v.Str()); clean != v.Str() {
			v.SetStr(clean)
		}
	case pcommon.ValueTypeInt:
		w.number(key, v, float64(v.Int()))
	case pcommon.ValueTypeDouble:
		w.number(key, v, v.Double())
	case pcommon.ValueTypeBytes:
		if bytes := v.Bytes(); bytes != (pcommon.ByteSlice{}) {
			w.bytes(key, bytes)
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
func (w *walker) replaced(key string, v pcommon.Value) (whole, bool) {
	rule, ok := w.rules[key]
	switch {
	case !ok:
		return whole{}, false
	case rule.identity:
		return wholeIdentity, v.Type() == pcommon.ValueTypeMap
	default:
		return rule.whole, !rule.bodies || w.bodies
	}
}

// replace puts a marker in the place of a value of any shape.
func (w *walker) replace(key string, v pcommon.Value, with whole) {
	if v.Type() == pcommon.ValueTypeEmpty || v.Type() == pcommon.ValueTypeStr && (v.Str() == "" || v.Str() == with.marker) {
		return
	}
	v.SetStr(with.marker)
	w.tally.find(with.name, w.label(key), w.kind)
}

// text returns the text as it may go on.
func (w *walker) text(key, text string) string {
	identity := w.rules[key].identity
	switch {
	case text == "" || !identity && survives(key, text):
		return text
	case len(text) > w.maxBytes:
		w.tally.limits[limitBytes]++
		w.tally.find(wholeOverLimit.name, w.label(key), w.kind)
		return wholeOverLimit.marker
	case identity && isOwnMarker(text):
		return text
	case identity:
		return w.count(key, w.treat(w.identify, key, text))
	default:
		w.tally.bytes += int64(len(text))
		return w.count(key, w.treat(w.scanner.Redact, key, text))
	}
}

// count counts the findings of the last treatment and returns its text.
func (w *walker) count(key, clean string) string {
	for _, f := range w.found {
		w.tally.find(f.Pattern.Name, w.label(key), w.kind)
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
func (w *walker) number(key string, v pcommon.Value, n float64) {
	if math.Abs(n) < smallNumber && cowork.AttributeOf(key) != nil && !w.rules[key].identity {
		return
	}
	text := v.AsString()
	if v.Type() == pcommon.ValueTypeDouble {
		text = strconv.FormatFloat(n, 'f', -1, 64)
	}
	if clean := w.text(key, text); clean != text {
		v.SetStr(clean)
	}
}

// bytes cleans bytes as the text they may be.
func (w *walker) bytes(key string, b pcommon.ByteSlice) {
	text := string(b.AsRaw())
	if clean := w.text(key, text); clean != text {
		b.FromRaw([]byte(clean))
	}
}

// survives reports whether the schema says that there is nothing to scan: an
// identifier in the shape of one, or a measure too short to be a card. Both are
// what later components join and add up.
func survives(key, text string) bool {
	attr := cowork.AttributeOf(key)
	if attr == nil {
		return false
	}
	switch attr.Class {
	case cowork.Identifier:
		return cowork.IsIdentifier(text)
	case cowork.Measure:
		return len(text) < cardDigits && isNumber(text)
	default:
		return false
	}
}

func isNumber(text string) bool {
	if text[0] == '+' {
		return false // as telephone numbers begin
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}
