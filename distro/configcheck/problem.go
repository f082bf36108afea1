package configcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/distro/secrets"
)

// A Problem is one error or warning, at a key.
type Problem struct {
	// Where is a component or a key, such as processors::cowork_event.
	Where string

	// Text is what is wrong, and in parentheses what would be right.
	Text string
}

func (p Problem) String() string { return p.Where + ": " + p.Text }

// A Report holds what a check found. The zero value is a valid configuration.
type Report struct {
	Errors   []Problem
	Warnings []Problem

	// Secrets are those of the configuration. No error or warning contains one.
	Secrets secrets.Set
}

// clean removes secrets from problems.
func (r *Report) clean(problems []Problem) {
	replacer := r.Secrets.Replacer()
	for i, p := range problems {
		problems[i].Text = replacer.Replace(p.Text)
	}
}

func (r *Report) addError(where, format string, args ...any) {
	r.Errors = append(r.Errors, Problem{where, fmt.Sprintf(format, args...)})
}

func (r *Report) addWarning(where, format string, args ...any) {
	r.Warnings = append(r.Warnings, Problem{where, fmt.Sprintf(format, args...)})
}

// dropRepeated removes warnings about a key that has an error: they are about its default.
func (r *Report) dropRepeated() {
	key := func(p Problem) string {
		first, _, _ := strings.Cut(p.Text, ":")
		return p.Where + delimiter + first
	}
	r.Warnings = slices.DeleteFunc(r.Warnings, func(w Problem) bool {
		return slices.ContainsFunc(r.Errors, func(e Problem) bool { return key(e) == key(w) })
	})
}

// Err returns all errors as one, with a line for each, or nil.
func (r *Report) Err() error {
	if len(r.Errors) == 0 {
		return nil
	}
	var b strings.Builder
	if len(r.Errors) == 1 {
		b.WriteString("the configuration has 1 error:")
	} else {
		fmt.Fprintf(&b, "the configuration has %d errors:", len(r.Errors))
	}
	for _, p := range r.Errors {
		b.WriteString("\n  " + p.String())
	}
	return configError(b.String())
}

// A configError is the text of all errors.
type configError string

func (e configError) Error() string { return string(e) }

// tidy sorts problems by their order of sections, and removes repeated ones.
func tidy(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return strings.Compare(rank(a.Where)+a.String(), rank(b.Where)+b.String())
	})
	return slices.Compact(problems)
}

// rank returns a text that sorts in the order of sections.
func rank(where string) string {
	section, _, _ := strings.Cut(where, delimiter)
	return fmt.Sprintf("%02d", slices.Index(topLevel, section)+1)
}

const delimiter = "::"

// topLevel are the keys of a configuration.
var topLevel = []string{"receivers", "processors", "connectors", "exporters", "extensions", "service"}
