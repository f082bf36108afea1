package metric

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// people are the identifiers of users and organizations, which have many events. All
// other identifiers belong to a few events: a series for each would be unbounded.
var people = []string{"organization.id", "user.account_uuid", "user.account_id", "user.id"}

// resolved are the dimensions that are derived from several attributes.
var resolved = []string{"user", "team", "cost_center", "organization", "model", "tool", "connector", "skill", "plugin", "agent", "client_version"}

// maxDimensions is the greatest number of dimensions.
const maxDimensions = 16

// CheckDimensions validates dimensions and returns all errors.
func CheckDimensions(names []string) error {
	var errs []error
	if len(names) > maxDimensions {
		errs = append(errs, fmt.Errorf("has %d, at most %d can be", len(names), maxDimensions))
	}
	for i, name := range names {
		if why := rejection(name, names[:i]); why != "" {
			errs = append(errs, fmt.Errorf("%q: %s", name, why))
		}
	}
	return errors.Join(errs...)
}

// rejection returns why a name cannot be a dimension in addition to those before it, ""
// if it can.
func rejection(name string, before []string) string {
	switch {
	case name == "" || len(name) > MaxLabelBytes || strings.TrimSpace(name) != name:
		return "is no name of an attribute"
	case slices.ContainsFunc(before, func(other string) bool { return prometheusName(other) == prometheusName(name) }):
		return "comes twice, or differs only in what backends make the same"
	case slices.Contains(resolved, name):
		return ""
	case isLabel(name):
		return "is the name of an attribute that metrics have already"
	default:
		return attributeRejection(name)
	}
}

// attributeRejection returns why an attribute cannot be a dimension.
func attributeRejection(name string) string {
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

// isLabel reports whether a metric has an attribute that backends treat as the same
// name.
func isLabel(name string) bool {
	for i := range table {
		for _, other := range table[i].Labels {
			if prometheusName(other) == prometheusName(name) {
				return true
			}
		}
	}
	return slices.Contains(reserved, prometheusName(name))
}

// reserved are the names that backends use themselves.
var reserved = []string{prometheusName(overflowKey), "job", "instance", "le", "quantile"}

// prometheusName returns a name as Prometheus writes it.
func prometheusName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
}
