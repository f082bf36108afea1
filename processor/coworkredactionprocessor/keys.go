package coworkredactionprocessor

import (
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// maxRenames is how many keys of one map are renamed. Looking for a free name
// costs a walk through the map, so an unbounded number of them would let one
// request of many keys that are e-mail addresses stop the collector.
const maxRenames = 64

// keyLabel is what findings in keys are counted under.
const keyLabel = "key"

// cleanKey returns a key as it may go on, and whether it held something to hide.
// Keys that the schema or the configuration knows do not.
func (w *walker) cleanKey(key string) (clean string, dirty bool) {
	switch {
	case w.label(key) != unknownLabel:
		return key, false
	case len(key) > w.maxBytes:
		return wholeOverLimit.marker, true
	default:
		w.tally.bytes += int64(len(key))
		clean = w.treat(w.scanner.Redact, "", key)
		return clean, clean != key
	}
}

// renameKeys gives the dirty keys of a map clean names, the values unchanged.
// Beyond maxRenames their attributes are removed, and counted.
func (w *walker) renameKeys(m pcommon.Map) {
	type entry struct {
		key   string
		value pcommon.Value
	}
	var moved []entry
	m.RemoveIf(func(key string, value pcommon.Value) bool {
		clean, dirty := w.cleanKey(key)
		if !dirty {
			return false
		}
		if len(moved) == maxRenames {
			w.tally.limits[limitKeys]++
			return true
		}
		e := entry{clean, pcommon.NewValueEmpty()}
		w.countKey()
		value.MoveTo(e.value)
		moved = append(moved, e)
		return true
	})
	for _, e := range moved {
		e.value.MoveTo(m.PutEmpty(freeKey(m, e.key)))
	}
}

// countKey counts the findings of the last treatment as found in a key.
func (w *walker) countKey() {
	for _, f := range w.found {
		w.tally.find(f.Pattern.Name, keyLabel, w.kind)
	}
}

// freeKey returns the key, or the key with the first number that no other
// attribute has: two people's addresses are two attributes still.
func freeKey(m pcommon.Map, key string) string {
	free := key
	for n := 2; ; n++ {
		if _, taken := m.Get(free); !taken {
			return free
		}
		free = key + "_" + strconv.Itoa(n)
	}
}
