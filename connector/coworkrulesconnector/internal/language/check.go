package language

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Check returns warnings about a condition or an expression that is evaluated on events of
// some kinds, on all if there are none. It compares the attributes with the schema: the
// form that events have behind cowork_event.
func Check(text string, kinds []string) (warnings []string) {
	list := tokensOf(text)
	warnings = checkConverters(list, kinds)
	for _, p := range pathsOf(list) {
		if p.context != "log" || p.field != "attributes" || p.key == "" {
			continue // the schema does not cover the attributes of resources
		}
		for _, warning := range append(checkAttribute(p.key, kinds), checkComparison(list, p)...) {
			if !slices.Contains(warnings, warning) {
				warnings = append(warnings, warning)
			}
		}
	}
	return warnings
}

// CheckName is [Check] for the name of an attribute or a dimension.
func CheckName(name string, kinds []string) []string {
	if cowork.IsDimension(name) {
		return nil
	}
	return checkAttribute(name, kinds)
}

// CheckKind returns a warning about the name of a kind of events, "" for a known one.
func CheckKind(name string) string {
	if cowork.KindOf(cowork.ShortName(name)) != nil {
		return ""
	}
	var kinds []string
	for kind := range cowork.Kinds() {
		kinds = append(kinds, kind.Name)
	}
	if near := didYouMean(name, kinds); near != "" {
		return fmt.Sprintf("unknown kind %q%s", name, near)
	}
	return fmt.Sprintf("unknown kind %q (internal/cowork/schema.md lists those that are known)", name)
}

// checkAttribute warns of an attribute that is not in the schema, or that events of none
// of the kinds have.
func checkAttribute(key string, kinds []string) []string {
	if cowork.AttributeOf(key) == nil {
		return []string{unknownAttribute(key, kinds)}
	}
	if len(kinds) == 0 {
		return nil
	}
	var having []string
	for kind := range cowork.Kinds() {
		if slices.Contains(kind.Attributes, key) {
			having = append(having, kind.Name)
		}
	}
	for _, name := range kinds {
		if slices.Contains(having, name) || cowork.KindOf(name) == nil {
			return nil
		}
	}
	if len(having) == 0 {
		return nil // an attribute of all events, or within another
	}
	return []string{fmt.Sprintf("attribute %q: %s has none (%s has)", key, strings.Join(kinds, ", "), strings.Join(having[:min(3, len(having))], ", "))}
}

// unknownAttribute returns the warning about an attribute that is not in the schema. It
// suggests attributes of the rule's kinds of events, or else of any.
func unknownAttribute(key string, kinds []string) string {
	var own, all []string
	for _, name := range kinds {
		if kind := cowork.KindOf(name); kind != nil {
			own = append(own, kind.Attributes...)
		}
	}
	slices.Sort(own)
	for a := range cowork.Attributes() {
		all = append(all, a.Name)
	}
	for _, names := range [][]string{slices.Compact(own), all} {
		if near := didYouMean(key, names); near != "" {
			return fmt.Sprintf("unknown attribute %q%s", key, near)
		}
	}
	return fmt.Sprintf("unknown attribute %q (internal/cowork/schema.md lists those that are known)", key)
}

// checkComparison warns of a comparison that never matches, as the literal has another
// type than the attribute.
func checkComparison(list []token, p path) []string {
	for _, at := range [][2]int{{p.to, p.to + 1}, {p.from - 1, p.from - 2}} {
		if op, lit := at[0], literal(list, at[1]); op >= 0 && op < len(list) && list[op].kind == 'c' && lit != 0 {
			return checkType(p.key, lit)
		}
	}
	return nil
}

// literal returns the kind of the literal at an index, 0 if there is none.
func literal(list []token, i int) byte {
	if isToken(list, i, "-") {
		i++
	}
	if i < 0 || i >= len(list) || !strings.ContainsRune("snb", rune(list[i].kind)) {
		return 0
	}
	return list[i].kind
}

// A literalType is the type of literals that a type of the schema can be compared with.
type literalType struct {
	literal byte
	name    string
	example string
}

var (
	textual = literalType{'s', "a string", `"…"`}
	numeric = literalType{'n', "a number", "a number without quotes"}
	logical = literalType{'b', "a boolean", "true or false without quotes"}
)

var literalTypes = map[cowork.Type]literalType{
	cowork.String: textual, cowork.JSON: textual, cowork.Timestamp: textual,
	cowork.Int: numeric, cowork.Double: numeric, cowork.Bool: logical,
}

var literalNames = map[byte]string{'s': "a string", 'n': "a number", 'b': "a boolean"}

func checkType(key string, lit byte) []string {
	a := cowork.AttributeOf(key)
	if a == nil {
		return nil
	}
	want, ok := literalTypes[a.Type]
	if !ok || want.literal == lit {
		return nil
	}
	return []string{fmt.Sprintf("attribute %q is %s behind cowork_event, and is compared with %s: it never matches (%s would)", key, want.name, literalNames[lit], want.example)}
}
