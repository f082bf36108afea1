package coworkrulesconnector

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// A warning is about a key of a rule that compiles and probably does not match what its
// author expects.
type warning struct{ rule, key, text string }

// Warnings returns the warnings about all enabled rules, one line each.
func (c *Config) Warnings() (lines []string) {
	for _, w := range c.warnings() {
		lines = append(lines, fmt.Sprintf("rules::%s: %s: %s", w.rule, w.key, w.text))
	}
	return lines
}

// warnings checks the events and the expressions of all enabled rules against the schema.
func (c *Config) warnings() (list []warning) {
	specs, err := specsOf(c)
	if err != nil {
		return nil // Validate reports it
	}
	for i := range specs {
		s := &specs[i]
		if s.Enabled != nil && !*s.Enabled {
			continue
		}
		for at, kind := range s.Events {
			if text := language.CheckKind(kind); text != "" {
				list = append(list, warning{s.Where(), fmt.Sprintf("events::%d", at), text})
			}
		}
		for _, e := range s.Expressions() {
			if e.IsName && slices.Contains(c.ShownAttributes, e.Text) {
				continue // an attribute outside the schema, on purpose
			}
			check := language.Check
			if e.IsName {
				check = language.CheckName
			}
			for _, text := range check(e.Text, s.Events) {
				list = append(list, warning{s.Where(), e.Key, text})
			}
		}
	}
	return list
}

// warn logs warnings. The validate command creates all components with a logger that
// discards everything; with such a logger, warnings are written to standard error.
func warn(stderr io.Writer, log *zap.Logger, id component.ID, warnings []warning) {
	discards := !log.Core().Enabled(zapcore.FatalLevel)
	for _, w := range warnings {
		if discards {
			fmt.Fprintf(stderr, "warning: connectors::%v: rules::%s: %s: %s\n", id, w.rule, w.key, w.text)
			continue
		}
		log.Warn("a rule may not do what it should", zap.String("rule", w.rule), zap.String("key", w.key), zap.String("warning", w.text))
	}
}

// switches are the switches of clients that send an attribute, by its gate.
var switches = map[cowork.Gate]string{
	cowork.ToolDetails:        "tool_details",
	cowork.UserPrompts:        "user_prompts",
	cowork.AssistantResponses: "assistant_responses",
	cowork.RawAPIBodies:       "raw_api_bodies",
}

// ContentNeeded returns the switches of clients for the content that each enabled rule
// reads, by its name: what the rule names in content, and what its conditions read. Rules
// that a profile selects are left out.
func (c *Config) ContentNeeded() map[string][]string {
	needed := map[string][]string{}
	specs, err := c.EnabledRules()
	if err != nil {
		return nil // Validate reports it
	}
	for i := range specs {
		ofProfile := specs[i].Profile != "" && !slices.Contains(c.BuiltinRules, specs[i].Name)
		if list := contentOf(&specs[i]); len(list) > 0 && !ofProfile {
			needed[specs[i].Where()] = list
		}
	}
	return needed
}

// contentOf returns the switches of the content that a rule reads.
func contentOf(s *alert.Spec) []string {
	list := slices.Clone(s.Content)
	for _, e := range s.Expressions() {
		names := []string{e.Text}
		if !e.IsName {
			names = language.Attributes(e.Text)
		} else if cowork.IsDimension(e.Text) || strings.HasPrefix(e.Key, "message") || strings.HasPrefix(e.Key, "group_by") {
			continue
		}
		for _, name := range names {
			if attr := cowork.AttributeOf(name); attr != nil && switches[attr.Gate] != "" {
				list = append(list, switches[attr.Gate])
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
