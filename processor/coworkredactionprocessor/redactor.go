package coworkredactionprocessor

import (
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/internal/roster"
)

// maxDepth is how deep values are read. OTLP itself has no limit. Deeper values are replaced.
const maxDepth = 512

// smallNumber is below every number that identifies a person: the shortest telephone
// numbers have seven digits. Under a key that the schema does not define, a smaller
// one can still be a password, or match a custom pattern.
const smallNumber = 1e6

// A redactor redacts the values of one batch. It is not safe for concurrent use.
type redactor struct {
	*ruleSet
	sender

	counters *counters
	unknown  *unknownAttributes
	prompts  *prompts       // of the batch; nil if it has none
	people   *roster.Roster // whose values cowork_roster wrote in the batch; nil if it wrote none
	sentBy   identities     // of the resource
	// trustMarks is set if log records below the mark of another collector pass unchanged.
	trustMarks bool
	// collecting is set while the batch is read for its prompts, before it is redacted.
	collecting bool

	kind   string // of the event: a name of the schema, or a place such as "resource"
	bodies bool   // the event has an API body, or may have one

	attribute string // the key of the complete attribute
	place     place
}

func newRedactor(rules *ruleSet, unknown *unknownAttributes) *redactor {
	return &redactor{ruleSet: rules, counters: newCounters(), unknown: unknown}
}

// redactBatch calls a function that passes the values of a batch to the redactor: once to
// collect the prompts, once to redact.
func (r *redactor) redactBatch(batch func(*redactor)) {
	if r.collecting = len(r.promptKeys.rules) > 0; r.collecting {
		batch(r)
		indexPrompts(r)
	}
	batch(r)
	if r.prompts != nil {
		r.prompts.release()
		r.prompts = nil
	}
}

// A place is the position of a value in its attribute.
type place uint8

const (
	atTop            place = iota // it is the value of the attribute
	inKnownAttribute              // it is in a map or list that is known
	inUnknownAttribute
)

// rule returns the rule of a key.
func (r *redactor) rule(key string) *keyRule {
	if rule, ok := r.rules[key]; ok {
		return rule
	}
	if strings.HasPrefix(key, genAI) {
		if name := indexedKey(key); name != "" {
			return r.rules[name]
		}
	}
	return &unknownRule
}

// isRuleOf reports whether a rule is that of a key, and not that of all unknown keys or of
// the keys with a prefix.
func isRuleOf(rule *keyRule, key string) bool {
	return rule != &unknownRule && len(rule.label) == len(key)
}

// attributes redacts a map: its values, then its keys. outer is the key of the map
// itself, "" if it has none.
func (r *redactor) attributes(outer string, m pcommon.Map, depth int) {
	if r.collecting {
		collectPrompts(r, m, depth)
		return
	}
	dirty := false
	name := outer // of an element called "value"
	for key, value := range m.All() {
		if r.place == atTop {
			r.attribute = key
		}
		rule := r.rule(key)
		if strings.EqualFold(key, "value") {
			r.namedValue(name, key, value, depth)
		} else {
			r.value(rule, key, value, depth)
		}
		if value.Type() == pcommon.ValueTypeStr && (strings.EqualFold(key, "name") || strings.EqualFold(key, "key")) {
			name = value.Str()
		}
		if !dirty && !isRuleOf(rule, key) {
			clean, _ := r.key(key)
			dirty = clean != key
		}
	}
	if dirty {
		r.renameKeys(m)
	}
}

// list redacts the elements of a list. An element after a flag such as --password
// is the value of the flag.
func (r *redactor) list(key string, list pcommon.Slice, depth int) {
	flag := ""
	for _, item := range list.All() {
		previous := flag
		flag = ""
		if item.Type() == pcommon.ValueTypeStr {
			flag = pii.Flag(item.Str())
		}
		r.namedValue(previous, key, item, depth)
	}
}

// namedValue redacts a value that follows a name or a flag, "" if there is none: under
// the name, then under its own key. It reads a map or list only once, since twice
// at each level would take exponential time: under its own key if the configuration
// has a rule for it, else under the name.
func (r *redactor) namedValue(name, key string, v pcommon.Value, depth int) {
	container := v.Type() == pcommon.ValueTypeMap || v.Type() == pcommon.ValueTypeSlice
	switch {
	case name == "":
	case !container:
		r.value(r.rule(name), name, v, depth)
	case !r.rule(key).configured:
		key = name
	}
	r.value(r.rule(key), key, v, depth)
}

// value redacts the value of a key, whatever its type. A sender can write a map, list or
// bytes without their content, which pdata returns as a zero value that must not
// be used.
func (r *redactor) value(rule *keyRule, key string, v pcommon.Value, depth int) {
	switch {
	case r.collecting:
		collectIn(r, v, depth)
		return
	case depth > maxDepth:
		r.counters.limits[limitDepth]++
		r.replace(rule, v, replaceOverLimit)
		return
	case !rule.configured:
	case rule.identity && v.Type() == pcommon.ValueTypeMap: // any part of it may identify a person
		r.replace(rule, v, replaceIdentity)
		return
	case !rule.identity && (!rule.bodiesOnly || r.bodies || r.client && r.place != inKnownAttribute):
		r.replace(rule, v, rule.with)
		return
	}
	switch v.Type() {
	case pcommon.ValueTypeStr:
		if clean := r.text(rule, key, v.Str()); clean != v.Str() {
			v.SetStr(clean)
		}
	case pcommon.ValueTypeInt:
		r.number(rule, key, v, float64(v.Int()))
	case pcommon.ValueTypeDouble:
		r.number(rule, key, v, v.Double())
	case pcommon.ValueTypeBytes:
		if bytes := v.Bytes(); bytes != (pcommon.ByteSlice{}) {
			text := string(bytes.AsRaw())
			if clean := r.text(rule, key, text); clean != text {
				bytes.FromRaw([]byte(clean))
			}
		}
	case pcommon.ValueTypeMap:
		if m := v.Map(); m != (pcommon.Map{}) {
			outer := r.place
			r.place = r.placeIn(rule, key)
			r.attributes(key, m, depth+1)
			r.place = outer
		}
	case pcommon.ValueTypeSlice:
		if list := v.Slice(); list != (pcommon.Slice{}) {
			outer := r.place
			r.place = r.placeIn(rule, key)
			r.list(key, list, depth+1)
			r.place = outer
		}
	case pcommon.ValueTypeBool, pcommon.ValueTypeEmpty:
		// Neither can contain a sensitive value.
	}
}

// replace replaces a value of any type by a marker.
func (r *redactor) replace(rule *keyRule, v pcommon.Value, with *pii.Pattern) {
	if v.Type() == pcommon.ValueTypeEmpty || v.Type() == pcommon.ValueTypeStr && (v.Str() == "" || v.Str() == with.Marker) {
		return
	}
	v.SetStr(with.Marker)
	r.counters.findings[findingCounter{with.Name, rule.label, r.kind}]++
}

// text returns a text without sensitive values, and counts the findings.
func (r *redactor) text(rule *keyRule, key, text string) string {
	redact := r.scan
	switch {
	case text == "" || !rule.identity && rule.exempt != nil && rule.exempt(text):
		return text
	case rule.people && !rule.identity && r.people.Has(text):
		return text
	case len(text) > r.maxBytes:
		r.counters.limits[limitBytes]++
		r.counters.findings[findingCounter{replaceOverLimit.Name, rule.label, r.kind}]++
		return replaceOverLimit.Marker
	case rule.identity && isOwnMarker(text):
		return text
	case rule.identity:
		redact = rule.identify
	default:
		if len(text) > r.maxUnknown && r.client && !(rule.known && r.place == atTop) && !r.isKnown(rule, key) {
			text = r.orReplace(text, func(text string) string { return r.withoutContent(text, 0) })
		}
		if r.prompts != nil && r.prompts.repeatedIn(text) && !(rule.names && isName(text)) {
			text = r.orReplace(text, func(text string) string { return r.withoutRepeats(key, text) })
		}
		r.counters.bytes += int64(len(text))
	}
	clean, found := r.redactOrReplace(redact, key, text)
	for _, f := range found {
		r.counters.findings[findingCounter{f.Pattern.Name, rule.label, r.kind}]++
	}
	return clean
}

// orReplace returns the result of a function. If the function panics it replaces the
// complete text.
func (r *redactor) orReplace(text string, function func(string) string) (clean string) {
	defer func() {
		if recover() != nil {
			r.counters.failures++
			clean = replaceFailure.Marker
		}
	}()
	return function(text)
}

// redactOrReplace redacts a text. If redact panics it replaces the complete text, so that
// the text does not pass and the rest of the batch does.
func (r *redactor) redactOrReplace(redact redactFunc, key, text string) (clean string, found []pii.Finding) {
	defer func() {
		if recover() != nil {
			r.counters.failures++
			clean, found = replaceFailure.Marker, []pii.Finding{replaced(text, replaceFailure)}
		}
	}()
	return redact(nil, key, text)
}

// number replaces a number that matches a pattern, such as a payment card.
func (r *redactor) number(rule *keyRule, key string, v pcommon.Value, n float64) {
	if math.Abs(n) < smallNumber && rule.inSchema && !rule.identity {
		return
	}
	text := v.AsString()
	if v.Type() == pcommon.ValueTypeDouble {
		text = strconv.FormatFloat(n, 'f', -1, 64)
	}
	if clean := r.text(rule, key, text); clean != text {
		v.SetStr(clean)
	}
}

// field redacts a text that is no attribute.
func (r *redactor) field(name, text string, set func(string)) {
	if r.collecting {
		return
	}
	r.attribute = name
	if clean := r.text(r.rule(name), name, text); clean != text {
		set(clean)
	}
}
