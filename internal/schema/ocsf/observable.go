package ocsf

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// An observable is a path whose value investigations begin with.
type observable struct {
	path    []string
	typeID  int64
	caption string
}

// observables are the paths, in the order in which a document lists them.
var observables = [...]observable{
	{[]string{"actor", "user", "email_addr"}, 5, "Email Address"},
	{[]string{"device", "hostname"}, 1, "Hostname"},
	{[]string{"dst_endpoint", "hostname"}, 1, "Hostname"},
	{[]string{"process", "cmd_line"}, 13, "Command Line"},
	{[]string{"file", "path"}, 45, "File Path"},
	{[]string{"web_resources", "url_string"}, 6, "URL String"},
}

// fillObservables lists the observables that the document has.
func fillObservables(d *document) {
	var list pcommon.Slice
	for _, o := range observables {
		value := d.Cut(valueAt(d.root, o.path))
		if value == "" {
			continue
		}
		if list == (pcommon.Slice{}) {
			list = d.root.PutEmptySlice("observables")
		}
		m := list.AppendEmpty().SetEmptyMap()
		m.PutStr("name", strings.Join(o.path, "."))
		m.PutInt("type_id", o.typeID)
		m.PutStr("type", o.caption)
		m.PutStr("value", value)
	}
}

// valueAt returns the text at a path, of the first element of a list.
func valueAt(m pcommon.Map, path []string) string {
	for i, key := range path {
		v, ok := m.Get(key)
		if !ok {
			return ""
		}
		if v.Type() == pcommon.ValueTypeSlice {
			v = v.Slice().At(0)
		}
		if i == len(path)-1 {
			return v.Str()
		}
		m = v.Map()
	}
	return ""
}
