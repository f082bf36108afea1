package configcheck

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// reference matches an innermost ${…} of a value.
var reference = regexp.MustCompile(`\$?\$\{([^${}]*)\}`)

// variableName matches the name of an environment variable.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// placeholder matches a default in place of a value that only the administrator has, such as
// a key. The examples have such defaults, so that they can be validated.
var placeholder = regexp.MustCompile(`\bunset\b`)

// An environment reports references to variables that are not set and have no default, or
// a placeholder.
type environment struct {
	*Report
	lookup func(name string) (string, bool)
}

// checkEnvironment checks the unexpanded configuration, except the components that do not run.
func checkEnvironment(c *checker) {
	e := environment{c.Report, c.LookupEnv}
	for _, section := range slices.Sorted(maps.Keys(c.unexpanded)) {
		components, ok := c.unexpanded[section].(map[string]any)
		if !ok || section == "service" {
			e.visit(section, c.unexpanded[section])
			continue
		}
		for id, value := range components {
			if c.service.uses(section + delimiter + id) {
				e.visit(section+delimiter+id, value)
			}
		}
	}
}

func (e environment) visit(where string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, value := range v {
			e.visit(where+delimiter+key, value)
		}
	case []any:
		for i, value := range v {
			e.visit(fmt.Sprint(where, delimiter, i), value)
		}
	case string:
		if hasOpenReference(v) {
			e.addWarning(where, "has ${ without } (write ${env:NAME}, or $${ for the text itself)")
		}
		if hasShellVariable(v) {
			e.addWarning(where, "has a variable in the form of a shell, which is not replaced (write ${env:NAME})")
		}
		missing, placeholders := e.unset(v)
		for _, name := range missing {
			e.addError(where, "environment variable %s is not set (set it, or write ${env:%s:-default})", name, name)
		}
		for _, name := range placeholders {
			e.addWarning(where, "environment variable %s is not set, and its default is a placeholder (set it to your value)", name)
		}
	}
}

// hasOpenReference reports whether a value has a reference to a variable that does not end.
// It is passed on as it is written.
func hasOpenReference(value string) bool {
	rest := strings.ReplaceAll(value, "$$", "")
	for at := strings.Index(rest, "${"); at >= 0; at = strings.Index(rest, "${") {
		rest = rest[at+2:]
		if !strings.Contains(rest, "}") {
			return true
		}
	}
	return false
}

// shellForms match a variable in the form of a shell of Unix or Windows.
var shellForms = regexp.MustCompile(`(\$+)(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{4,})\b|%(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{4,})%`)

// hasShellVariable reports whether a value has a variable in the form of a shell. Its name is
// not shown: it can be part of a password.
func hasShellVariable(value string) bool {
	return slices.ContainsFunc(shellForms.FindAllStringSubmatch(value, -1), func(m []string) bool {
		return len(m[1])%2 == 1 || m[1] == "" // $$ is a $
	})
}

// unset returns the variables that a value needs and that are not set: those without a
// default, and those whose default is a placeholder. The default of a variable that is set
// is not needed.
func (e environment) unset(value string) (missing, placeholders []string) {
	const marker = "\x00"
	for range 100 { // references nest no deeper
		next := reference.ReplaceAllStringFunc(value, func(match string) string {
			if strings.HasPrefix(match, "$$") {
				return "" // escaped
			}
			name, fallback, hasDefault := strings.Cut(strings.TrimPrefix(match[2:len(match)-1], "env:"), ":-")
			if !variableName.MatchString(name) {
				return ""
			}
			if _, ok := e.lookup(name); ok {
				return ""
			}
			if hasDefault {
				if placeholder.MatchString(fallback) && !slices.Contains(placeholders, name) {
					placeholders = append(placeholders, name)
				}
				return fallback
			}
			return marker + name + marker
		})
		if next == value {
			break
		}
		value = next
	}
	for i, part := range strings.Split(value, marker) {
		if i%2 == 1 && !slices.Contains(missing, part) {
			missing = append(missing, part)
		}
	}
	return missing, placeholders
}

// variablesIn returns the variables that a value refers to.
func variablesIn(value any) (names []string) {
	s, _ := value.(string)
	for _, m := range regexp.MustCompile(`\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)`).FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	return names
}
