package coworkredactionprocessor

import (
	"slices"
	"strings"
	"sync"

	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/jsontext"
)

// maxJSONNesting is how deep JSON in a string in JSON is followed. A deeper one is text.
const maxJSONNesting = 4

// placeIn returns the place of the elements of a map or list. The attributes in the body
// of a record are attributes like others.
func (r *redactor) placeIn(rule *keyRule, key string) place {
	switch {
	case r.place != atTop || rule.label == fieldBody || key == "attributes":
		return r.place
	case r.isKnown(rule, key):
		return inKnownAttribute
	}
	return inUnknownAttribute
}

// isKnown reports whether the long texts of a key are scanned: those of a known
// attribute at any depth. In an unknown attribute the keys of the schema with content,
// such as description, are unknown too, since they name anything.
func (r *redactor) isKnown(rule *keyRule, key string) bool {
	switch r.place {
	case inKnownAttribute:
		return true
	case inUnknownAttribute:
		return rule.known && !rule.content || isConvention(key)
	default:
		return rule.known || isConvention(key)
	}
}

// withoutContent replaces a long text of an unknown attribute. In JSON it replaces the
// long strings and keys, and the content of prompts and responses.
func (r *redactor) withoutContent(text string, nesting int) string {
	if text == replaceContent.Marker {
		return text
	}
	if nesting == maxJSONNesting || !jsontext.Valid(text) {
		r.countContent(replaceContent, 1)
		return replaceContent.Marker
	}
	outer := r.place
	r.place = inUnknownAttribute
	defer func() { r.place = outer }()
	return jsontext.Replace(text, func(s jsontext.String, decoded string) string {
		inner := r.rule(s.Key)
		switch {
		case !s.IsKey && inner.configured && !inner.identity && !inner.bodiesOnly:
			if decoded == "" || decoded == inner.with.Marker {
				return decoded
			}
			r.countContent(inner.with, 1)
			return inner.with.Marker
		case len(decoded) <= r.maxUnknown || !s.IsKey && r.isKnown(inner, s.Key):
			return decoded
		}
		return r.withoutContent(decoded, nesting+1)
	})
}

// countContent counts replacements of content in the current attribute: under its name,
// if that may be shown.
func (r *redactor) countContent(with *pii.Pattern, n int64) {
	label := r.rule(r.attribute).label
	if label == unknownLabel && !isConvention(r.attribute) {
		label = r.unknown.record(r.attribute, r.isShown)
	}
	r.counters.findings[findingCounter{with.Name, label, r.kind}] += n
}

// isShown reports whether the name of an attribute may be a label and a part of a log
// line: it has the form of a name, no finding, and no number that could identify someone.
func (r *redactor) isShown(name string) bool {
	const longest = 64
	if len(name) > longest || !isName(name) || name[0]|0x20 < 'a' || name[0]|0x20 > 'z' {
		return false
	}
	const digits = 6
	for run := range strings.FieldsFuncSeq(name, func(c rune) bool { return c < '0' || c > '9' }) {
		if len(run) > digits {
			return false
		}
	}
	clean, _ := r.redactOrReplace(r.scan, "", name)
	return clean == name && (r.prompts == nil || !r.prompts.repeatedIn(name))
}

// isName reports whether a text has the form of the name of an attribute, an event, a
// tool or a model.
func isName(text string) bool {
	const longest = 128
	if text == "" || len(text) > longest {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', c == '.', c == '_', c == '-', c == ':', c == '[', c == ']':
		default:
			return false
		}
	}
	return true
}

// maxUnknownNames bounds the names of unknown attributes that are labels of metrics.
const maxUnknownNames = 64

// unknownAttributes collects the names of unknown attributes with replaced texts. The
// processors of all signals with one id share it. It is safe for concurrent use.
type unknownAttributes struct {
	mu         sync.Mutex
	labels     map[string]bool // all names, and unknownLabel
	unreported map[string]bool // those that no record reports yet
	unlogged   []string        // those that were not logged yet
}

func newUnknownAttributes() *unknownAttributes {
	return &unknownAttributes{labels: map[string]bool{}, unreported: map[string]bool{}}
}

// record returns the label of an attribute: its name, or unknownLabel for one that may
// not be shown or comes after maxUnknownNames others.
func (u *unknownAttributes) record(name string, isShown func(string) bool) (label string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	label = name
	if !u.labels[name] && (len(u.labels) >= maxUnknownNames || !isShown(name)) {
		label = unknownLabel
	}
	if !u.labels[label] {
		u.labels[label] = true
		u.unlogged = append(u.unlogged, label)
	}
	u.unreported[label] = true
	return label
}

// takeUnreported returns the names that were recorded since the last call, in order.
func (u *unknownAttributes) takeUnreported() (names []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for name := range u.unreported {
		names = append(names, name)
	}
	clear(u.unreported)
	slices.Sort(names)
	return names
}

// takeUnlogged returns each name once.
func (u *unknownAttributes) takeUnlogged() (names []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	names, u.unlogged = u.unlogged, nil
	return names
}
