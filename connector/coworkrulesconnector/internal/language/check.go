package language

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Check says what is probably not meant by a condition or an expression that is asked
// of events of some kinds, of all if there are none. It goes by the schema: by what
// events look like behind cowork_event.
func Check(text string, kinds []string) (warnings []string) {
	list := tokens(text)
	for _, p := range paths(list) {
		if p.context != "log" || p.field != "attributes" || p.key == "" {
			continue // a resource has attributes of its user's own
		}
		for _, warning := range []string{known(p.key), carried(p.key, kinds), compared(list, p)} {
			if warning != "" && !slices.Contains(warnings, warning) {
				warnings = append(warnings, warning)
			}
		}
	}
	return warnings
}

// CheckKind says what is probably not meant by the name of a kind of events, "" if
// there is no doubt.
func CheckKind(name string) string {
	if cowork.KindOf(cowork.ShortName(name)) != nil {
		return ""
	}
	var kinds []string
	for kind := range cowork.Kinds() {
		kinds = append(kinds, kind.Name)
	}
	if near := nearest(name, kinds); near != "" {
		return fmt.Sprintf("unknown kind %q (%s?)", name, near)
	}
	return fmt.Sprintf("unknown kind %q (internal/cowork/schema.md lists those that are known)", name)
}

// known warns of an attribute that is not in the schema.
func known(key string) string {
	if cowork.AttributeOf(key) != nil {
		return ""
	}
	if near := nearest(key, attributes()); near != "" {
		return fmt.Sprintf("unknown attribute %q (%s?)", key, near)
	}
	return fmt.Sprintf("unknown attribute %q (internal/cowork/schema.md lists those that are known)", key)
}

func attributes() (names []string) {
	for a := range cowork.Attributes() {
		names = append(names, a.Name)
	}
	return names
}

// carried warns of an attribute that other kinds of events have, and none of these.
func carried(key string, kinds []string) string {
	if len(kinds) == 0 || cowork.AttributeOf(key) == nil {
		return ""
	}
	var having []string
	for kind := range cowork.Kinds() {
		if slices.Contains(kind.Attributes, key) {
			having = append(having, kind.Name)
		}
	}
	for _, name := range kinds {
		if slices.Contains(having, name) || cowork.KindOf(name) == nil {
			return ""
		}
	}
	if len(having) == 0 {
		return "" // of the envelope, or inside of another
	}
	return fmt.Sprintf("attribute %q: %s has none (%s has)", key, strings.Join(kinds, ", "), strings.Join(having[:min(3, len(having))], ", "))
}

// compared warns of a comparison that never holds, because one side is of another type.
func compared(list []token, p path) string {
	for _, at := range [][2]int{{p.to, p.to + 1}, {p.from - 1, p.from - 2}} {
		if op, lit := at[0], literal(list, at[1]); op >= 0 && op < len(list) && list[op].kind == 'c' && lit != 0 {
			return mismatch(p.key, lit)
		}
	}
	return ""
}

// literal returns the kind of a literal at a place, 0 if there is none.
func literal(list []token, i int) byte {
	if is(list, i, "-") {
		i++
	}
	if i < 0 || i >= len(list) || !strings.ContainsRune("snb", rune(list[i].kind)) {
		return 0
	}
	return list[i].kind
}

// A sort is what a type of the schema compares with.
type sort struct {
	literal byte
	is      string
	right   string
}

var (
	textual = sort{'s', "a string", `"…"`}
	numeric = sort{'n', "a number", "a number without quotes"}
	logical = sort{'b', "a boolean", "true or false without quotes"}
)

var sorts = map[cowork.Type]sort{
	cowork.String: textual, cowork.JSON: textual, cowork.Timestamp: textual,
	cowork.Int: numeric, cowork.Double: numeric, cowork.Bool: logical,
}

var literals = map[byte]string{'s': "a string", 'n': "a number", 'b': "a boolean"}

func mismatch(key string, lit byte) string {
	a := cowork.AttributeOf(key)
	if a == nil {
		return ""
	}
	want, ok := sorts[a.Type]
	if !ok || want.literal == lit {
		return ""
	}
	return fmt.Sprintf("attribute %q is %s behind cowork_event, and is compared with %s: it never matches (%s would)", key, want.is, literals[lit], want.right)
}
