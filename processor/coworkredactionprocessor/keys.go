package coworkredactionprocessor

import (
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/pii"
)

// maxRenames bounds how many keys of one map are renamed. Adding an attribute takes
// time linear in the size of the map, so one request with many e-mail addresses as
// keys could block the collector.
const maxRenames = 64

// keyLabel is the label of findings in keys.
const keyLabel = "key"

// key returns a key without sensitive values, and the findings in it. Keys of the schema
// and of the configuration are not scanned.
func (r *redactor) key(key string) (clean string, found []pii.Finding) {
	rule := r.rule(key)
	switch {
	case isRuleOf(rule, key):
		return key, nil
	case len(key) > r.maxBytes:
		return replaceOverLimit.Marker, []pii.Finding{replaced(key, replaceOverLimit)}
	case len(key) > r.maxUnknown && r.client && r.place != inKnownAttribute:
		return replaceContent.Marker, []pii.Finding{replaced(key, replaceContent)}
	case r.prompts != nil && r.prompts.repeatedIn(key):
		return replaceRepeat.Marker, []pii.Finding{replaced(key, replaceRepeat)}
	}
	r.counters.bytes += int64(len(key))
	return r.redactOrReplace(r.scan, "", key)
}

// countInKey counts the findings in a key that is replaced.
func (r *redactor) countInKey(found []pii.Finding) {
	for _, f := range found {
		r.counters.findings[findingCounter{f.Pattern.Name, keyLabel, r.kind}]++
	}
}

// renameKeys redacts the keys of a map. The values do not change.
// Beyond maxRenames it removes the attributes and counts them.
func (r *redactor) renameKeys(m pcommon.Map) {
	type entry struct {
		key   string
		value pcommon.Value
	}
	var moved []entry
	names := uniqueNames{taken: map[string]bool{}, next: map[string]int{}}
	m.RemoveIf(func(key string, value pcommon.Value) bool {
		clean, found := r.key(key)
		switch {
		case clean == key:
			names.reserve(key)
			return false
		case len(moved) == maxRenames:
			r.counters.limits[limitKeys]++
			return true
		}
		e := entry{clean, pcommon.NewValueEmpty()}
		r.countInKey(found)
		value.MoveTo(e.value)
		moved = append(moved, e)
		return true
	})
	for _, e := range moved {
		e.value.MoveTo(m.PutEmpty(names.unique(e.key)))
	}
}

// uniqueNames returns names that no other attribute of a map has, so that the
// addresses of two people stay two attributes.
type uniqueNames struct {
	taken map[string]bool
	next  map[string]int // by name, the number to try next
}

// reserve records a name that stays in the map. Only one with a marker can conflict.
func (n uniqueNames) reserve(name string) {
	if strings.Contains(name, "[REDACTED") {
		n.taken[name] = true
	}
}

// unique returns the name, with the first number that makes it unique if it is taken.
func (n uniqueNames) unique(name string) string {
	unique := name
	for number := max(2, n.next[name]); n.taken[unique]; number++ {
		unique = name + "_" + strconv.Itoa(number)
		n.next[name] = number + 1
	}
	n.taken[unique] = true
	return unique
}
