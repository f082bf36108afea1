package schematest

import (
	"maps"
	"math"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// oddValues are values that no client should send, by what is odd.
var oddValues = map[string]func(v pcommon.Value){
	"empty":           func(pcommon.Value) {},
	"empty text":      func(v pcommon.Value) { v.SetStr("") },
	"text":            func(v pcommon.Value) { v.SetStr("x") },
	"word undefined":  func(v pcommon.Value) { v.SetStr("undefined") },
	"not UTF-8":       func(v pcommon.Value) { v.SetStr("a\xff\xc3(\x00b") },
	"long text":       func(v pcommon.Value) { v.SetStr(strings.Repeat("é\n", 20_000)) },
	"number":          func(v pcommon.Value) { v.SetInt(7) },
	"largest int":     func(v pcommon.Value) { v.SetInt(math.MaxInt64) },
	"least int":       func(v pcommon.Value) { v.SetInt(math.MinInt64) },
	"fraction":        func(v pcommon.Value) { v.SetDouble(-0.25) },
	"largest double":  func(v pcommon.Value) { v.SetDouble(math.MaxFloat64) },
	"no number":       func(v pcommon.Value) { v.SetDouble(math.NaN()) },
	"infinite":        func(v pcommon.Value) { v.SetDouble(math.Inf(-1)) },
	"number as text":  func(v pcommon.Value) { v.SetStr("18446744073709551616") },
	"flag":            func(v pcommon.Value) { v.SetBool(true) },
	"bytes":           func(v pcommon.Value) { v.SetEmptyBytes().FromRaw([]byte{0, 0xff}) },
	"empty list":      func(v pcommon.Value) { v.SetEmptySlice() },
	"empty map":       func(v pcommon.Value) { v.SetEmptyMap() },
	"mixed list":      mixedList,
	"nested map":      nestedMap,
	"JSON, cut":       func(v pcommon.Value) { v.SetStr(`{"command":"a \ud800","url":"http://[::1`) },
	"JSON of numbers": func(v pcommon.Value) { v.SetStr(`{"command":1e999,"file_path":[],"url":{"a":null}}`) },
}

func mixedList(v pcommon.Value) {
	list := v.SetEmptySlice()
	list.AppendEmpty()
	list.AppendEmpty().SetStr("\xff")
	list.AppendEmpty().SetInt(1)
	list.AppendEmpty().SetDouble(math.NaN())
	list.AppendEmpty().SetEmptyMap().PutStr("a", "b")
	list.AppendEmpty().SetEmptySlice().AppendEmpty().SetBool(true)
}

// nestedMap writes arguments of tools, and a hundred maps inside of each other.
func nestedMap(v pcommon.Value) {
	m := v.SetEmptyMap()
	m.PutStr("command", "ls\xff")
	m.PutInt("file_path", 3)
	m.PutEmptySlice("url").AppendEmpty().SetStr("x")
	for range 100 {
		m = m.PutEmptyMap("a.b")
	}
	m.PutDouble("\xff", math.Inf(1))
}

// Odd calls f with records in which one attribute has an odd value: every attribute of the
// schema with every value. In turn they are of a kind that has the attribute, of an alert or of
// an unknown kind, have the attribute under its name or with underscores for dots, and have
// it in the record or in the body, as the desktop app sends it.
func Odd(f func(name string, ld plog.Logs)) {
	turn := 0
	for attribute := range cowork.Attributes() {
		kinds := kindsOf(attribute.Name)
		names := []string{attribute.Name, strings.ReplaceAll(attribute.Name, ".", "_")}
		for i, odd := range slices.Sorted(maps.Keys(oddValues)) {
			turn++
			kind, name := kinds[turn%len(kinds)], names[(turn+i/2)%2]
			ld := plog.NewLogs()
			rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
			m := rec.Attributes()
			if turn%5 == 0 {
				m = rec.Body().SetEmptyMap().PutEmptyMap("attributes")
			}
			if name != "event.name" {
				m.PutStr("event.name", kind)
			}
			oddValues[odd](m.PutEmpty(name))
			f(kind+": "+name+": "+odd, ld)
		}
	}
}

// kindsOf returns a kind that has an attribute, an alert, and one that is not known.
func kindsOf(attribute string) []string {
	kinds := []string{"never_seen", "cowork.alert"}
	for kind := range cowork.Kinds() {
		if slices.Contains(kind.Attributes, attribute) {
			return append(kinds, kind.Name)
		}
	}
	return append(kinds, "tool_result")
}
