package coworkredactionprocessor

import (
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// maxRenames is how many keys of one map are renamed. Putting an attribute costs a
// walk through the map, so an unbounded number of them would let one request of
// many keys that are e-mail addresses stop the collector.
const maxRenames = 64

// keyLabel is what findings in keys are counted under.
const keyLabel = "key"

// cleanKey returns a key as it may go on, and whether it held something to hide.
// Keys that the schema or the configuration knows do not.
func (w *walker) cleanKey(key string) (clean string, dirty bool) {
	switch {
	case w.subject(key).label != unknownLabel:
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
	names := freeNames{taken: map[string]bool{}, next: map[string]int{}}
	m.RemoveIf(func(key string, value pcommon.Value) bool {
		clean, dirty := w.cleanKey(key)
		switch {
		case !dirty:
			names.keep(key)
			return false
		case len(moved) == maxRenames:
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
		e.value.MoveTo(m.PutEmpty(names.free(e.key)))
	}
}

// countKey counts the findings of the last treatment as found in a key.
func (w *walker) countKey() {
	for _, f := range w.found {
		w.tally.find(f.Pattern.Name, keyLabel, w.kind)
	}
}

// freeNames gives out names that no attribute of a map has: two people's addresses
// are two attributes still.
type freeNames struct {
	taken map[string]bool
	next  map[string]int // by name, the number to try next
}

// keep notes a name that stays. Only one with a marker in it can be in the way.
func (n freeNames) keep(name string) {
	if strings.Contains(name, "[REDACTED") {
		n.taken[name] = true
	}
}

// free returns the name, or the name with the first number that makes it free.
func (n freeNames) free(name string) string {
	free := name
	for number := max(2, n.next[name]); n.taken[free]; number++ {
		free = name + "_" + strconv.Itoa(number)
		n.next[name] = number + 1
	}
	n.taken[free] = true
	return free
}
