package metric

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// people are the identifiers that name someone or something that has many events.
// All others name a single event, or a few: a series for each would be a log.
var people = []string{"organization.id", "user.account_uuid", "user.account_id", "user.id"}

// resolved are the dimensions that mean more than an attribute's value.
var resolved = []string{"user", "organization", "model", "tool", "connector", "skill", "plugin", "agent", "client_version"}

// maxDimensions is how many dimensions there can be.
const maxDimensions = 16

// CheckDimensions returns what is wrong with dimensions, all of it.
func CheckDimensions(names []string) error {
	var errs []error
	if len(names) > maxDimensions {
		errs = append(errs, fmt.Errorf("has %d, at most %d can be", len(names), maxDimensions))
	}
	for i, name := range names {
		if why := whyNot(name, names[:i]); why != "" {
			errs = append(errs, fmt.Errorf("%q: %s", name, why))
		}
	}
	return errors.Join(errs...)
}

// whyNot says why a dimension cannot be one beside those before it, "" if it can.
func whyNot(name string, before []string) string {
	switch {
	case name == "" || len(name) > MaxLabelBytes || strings.TrimSpace(name) != name:
		return "is no name of an attribute"
	case slices.ContainsFunc(before, func(other string) bool { return plain(other) == plain(name) }):
		return "comes twice, or differs only in what backends make the same"
	case slices.Contains(resolved, name):
		return ""
	case isLabel(name):
		return "is the name of an attribute that metrics have already"
	default:
		return whyNotAttribute(name)
	}
}

// whyNotAttribute says why an attribute's values cannot tell series apart.
func whyNotAttribute(name string) string {
	known := cowork.AttributeOf(name)
	if known == nil || slices.Contains(people, name) {
		return ""
	}
	switch {
	case known.Class == cowork.Content:
		return "holds free text"
	case known.Class == cowork.Identifier:
		return "is different for each session, prompt or request; metrics would have no end (organization.id, user.account_uuid, user.account_id and user.id are possible)"
	case known.Class == cowork.Measure && known.Type != cowork.Bool:
		return "is a number or a time"
	default:
		return ""
	}
}

// isLabel reports whether a metric has an attribute that backends would not tell from
// a name.
func isLabel(name string) bool {
	for i := range table {
		for _, other := range table[i].Labels {
			if plain(other) == plain(name) {
				return true
			}
		}
	}
	return slices.Contains(reserved, plain(name))
}

// reserved are the names that backends give a meaning.
var reserved = []string{plain(overflowKey), "job", "instance", "le", "quantile"}

// plain returns a name as Prometheus writes it.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
}
