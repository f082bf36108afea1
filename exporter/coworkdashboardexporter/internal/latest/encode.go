package latest

import (
	"encoding/binary"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A record is encoded as a list of fields, each with its section, its form, and the lengths
// and bytes of its key and value. This takes less time than an object for each attribute,
// and the size is exact.

// The sections of a record.
const (
	identitySection  = 'i' // key: a number of the identity
	topSection       = 't'
	attributeSection = 'a'
	resourceSection  = 'r'
	scopeSection     = 's'
)

// The forms of a value.
const (
	textForm = 't'
	jsonForm = 'j' // numbers, booleans, maps and lists
)

// The fields of the identity.
const (
	kindField = iota
	userField
	sessionField
	promptField
	identityFields
)

// An encoder encodes one record after another. The zero value is ready.
type encoder struct {
	to  []byte
	cut bool // whether a part of the record is missing
}

// encode encodes a record. Its beginning is kept if it is too large.
func (x *encoder) encode(e cowork.Event) {
	x.to, x.cut = x.to[:0], false
	for i, text := range [identityFields]string{e.Name(), e.User(), e.SessionID(), e.PromptID()} {
		x.text(identitySection, string(rune('0'+i)), text)
	}
	rec := e.Record()
	x.time("time", rec.Timestamp())
	x.time("observed_time", rec.ObservedTimestamp())
	x.text(topSection, "event_name", rec.EventName())
	x.text(topSection, "severity", rec.SeverityText())
	if n := rec.SeverityNumber(); n != 0 {
		x.field(topSection, jsonForm, "severity_number", strconv.Itoa(int(n)))
	}
	if rec.Body().Type() != pcommon.ValueTypeEmpty {
		x.value(topSection, "body", rec.Body())
	}
	if id := rec.TraceID(); !id.IsEmpty() {
		x.text(topSection, "trace_id", id.String())
	}
	if id := rec.SpanID(); !id.IsEmpty() {
		x.text(topSection, "span_id", id.String())
	}
	x.attributes(attributeSection, rec.Attributes())
	x.text(scopeSection, "name", e.Scope().Name())
	x.text(scopeSection, "version", e.Scope().Version())
	x.attributes(resourceSection, e.Resource().Attributes())
}

func (x *encoder) attributes(section byte, m pcommon.Map) {
	for key, v := range m.All() {
		x.value(section, key, v)
	}
}

// value appends a value of any type.
func (x *encoder) value(section byte, key string, v pcommon.Value) {
	switch v.Type() {
	case pcommon.ValueTypeStr:
		x.field(section, textForm, key, v.Str())
	case pcommon.ValueTypeInt:
		x.field(section, jsonForm, key, strconv.FormatInt(v.Int(), 10))
	case pcommon.ValueTypeDouble:
		form := byte(jsonForm)
		if d := v.Double(); math.IsNaN(d) || math.IsInf(d, 0) {
			form = textForm
		}
		x.field(section, form, key, v.AsString())
	case pcommon.ValueTypeBytes:
		x.field(section, textForm, key, v.AsString())
	case pcommon.ValueTypeEmpty:
		x.field(section, jsonForm, key, "null")
	default: // true, {"a":1}, [1]
		x.field(section, jsonForm, key, v.AsString())
	}
}

func (x *encoder) time(key string, at pcommon.Timestamp) {
	if at != 0 {
		x.text(topSection, key, at.AsTime().Format(time.RFC3339Nano))
	}
}

// text appends a text that is not empty.
func (x *encoder) text(section byte, key, text string) {
	if text != "" {
		x.field(section, textForm, key, text)
	}
}

// field appends a field. It cuts a long key or value, and drops fields beyond the size of
// a record. A cut value of JSON becomes a text.
func (x *encoder) field(section, form byte, key, value string) {
	key = x.cutText(key, maxKey)
	if short := x.cutText(value, maxValue); len(short) < len(value) {
		form, value = textForm, short
	}
	if len(x.to)+len(key)+len(value) > maxRecord {
		x.cut = true
		return
	}
	x.to = append(x.to, section, form)
	x.to = append(binary.AppendUvarint(x.to, uint64(len(key))), key...)
	x.to = append(binary.AppendUvarint(x.to, uint64(len(value))), value...)
}

// cutText returns at most a number of bytes of a text, without a part of a character.
func (x *encoder) cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	x.cut = true
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
