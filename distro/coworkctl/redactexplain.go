package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/cowork-otel/collector/internal/pii"
)

// An explanation is how the pattern secret judged a value by its context.
type explanation struct {
	pii.Decision
	value        string
	line, column int // of the input; 0 for a value of a disguised text
}

// checkExplain checks that the flags of explanations go together.
func (r *redactFlags) checkExplain() error {
	switch {
	case r.explain && (r.findings || r.check):
		return errors.New("--explain cannot be combined with --findings or --check")
	case r.showValues && !r.explain:
		return errors.New("--show-values needs --explain")
	}
	return nil
}

// explain returns how the values in a text were judged. ok is false if the processor does
// not scan the text: clean, its result, is that of a rule or a limit.
func (r *redactor) explain(v inputValue, clean string) (list []explanation, ok bool) {
	if len(v.text) > r.limit {
		return nil, false
	}
	for _, scanner := range r.scanners {
		if _, ok := scanFor(scanner, r.key(), v.text, clean); ok {
			return explainWith(scanner, r.key(), v), true
		}
	}
	return nil, false
}

// explainWith returns the explanations of a scanner, in order of their places.
func explainWith(scanner *pii.Scanner, key string, v inputValue) (list []explanation) {
	scanner.Explain(key, v.text, func(value string, d pii.Decision) {
		e := explanation{Decision: d, value: value}
		if d.Start >= 0 {
			before := v.text[:d.Start]
			e.line = v.line + strings.Count(before, "\n")
			e.column = len(before) - strings.LastIndexByte(before, '\n')
		}
		list = append(list, e)
	})
	slices.SortStableFunc(list, func(a, b explanation) int { return a.Start - b.Start })
	return list
}

// writeExplanations writes how the values of a text were judged, or that it was not scanned.
func (j *redactJob) writeExplanations(name string, v inputValue, clean string) {
	list, ok := j.redactor.explain(v, clean)
	if !ok {
		fmt.Fprintf(j.out, "%s:%d: replaced as a whole, not scanned\n", name, v.line)
	}
	for _, e := range list {
		place := fmt.Sprintf("%s:%d:%d", name, e.line, e.column)
		if e.line == 0 {
			place = fmt.Sprintf("%s:%d: in disguised text", name, v.line)
		}
		fmt.Fprintf(j.out, "%s: %s\n", place, e.verdict())
		e.writeTo(j.out, j.showValues)
	}
}

// verdict returns the decision about a value, its noun and its link.
func (e *explanation) verdict() string {
	decision := "no secret"
	switch {
	case e.Accepted:
		decision = fmt.Sprintf("secret, score %+.2f", e.Score)
	case e.Refused == "":
		decision += fmt.Sprintf(", score %+.2f", e.Score)
	default:
		decision += ", refused as " + e.Refused
	}
	return fmt.Sprintf("%s; noun: %s; link: %s", decision, e.Noun, e.Link)
}

// writeTo writes the value, or only its length and shape, and the features by their weights.
func (e *explanation) writeTo(out io.Writer, showValue bool) {
	if showValue {
		fmt.Fprintf(out, "    value %q\n", e.value)
	} else {
		fmt.Fprintf(out, "    value of %d bytes, %s\n", len(e.value), shapeOf(e.value))
	}
	weights := slices.Clone(e.Weights)
	slices.SortStableFunc(weights, func(a, b pii.Weight) int {
		switch {
		case a.Value > b.Value:
			return -1
		case a.Value < b.Value:
			return 1
		}
		return 0
	})
	for _, w := range weights {
		fmt.Fprintf(out, "    %+.2f  %s\n", w.Value, w.Name)
	}
}

// shapeOf returns a text with X for each capital, x for each other letter, 9 for each digit and # for
// each sign. Spaces stay. A long text is cut.
func shapeOf(value string) string {
	const longest = 32 // characters
	shape := []rune(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsUpper(r):
			return 'X'
		case unicode.IsLetter(r):
			return 'x'
		case unicode.IsDigit(r):
			return '9'
		case r == ' ':
			return ' '
		}
		return '#'
	}, value))
	if len(shape) > longest {
		return string(shape[:longest]) + "…"
	}
	return string(shape)
}
