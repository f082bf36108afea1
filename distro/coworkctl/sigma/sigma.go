package sigma

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// A File is a Sigma rule in YAML, with the correlation and the rules that it needs.
type File struct {
	Rule   string // name of the alert rule
	Text   []byte
	Fields []string // that its rules read, sorted
}

// A Skipped is an alert rule that Sigma cannot express, and the reason.
type Skipped struct{ Rule, Reason string }

// namespace makes the ids of Sigma rules from the names of rules, so that they stay the same.
var namespace = uuid.MustParse("5d1d5c9e-7a4f-4f1e-9a51-0c3a8e1f7b42")

// dimensionFields are the fields of dimensions. Others have no single field.
var dimensionFields = map[string]string{
	"user":         "user.account_uuid",
	"organization": "organization.id",
	"model":        "model",
	"tool":         "tool_name",
	"plugin":       "plugin.name",
	"skill":        "skill.name",
	"agent":        "agent.name",
	"team":         cowork.TeamAttribute,
	"connector":    "cowork.connector",
}

// levels are Sigma's levels of severities.
var levels = map[string]string{"info": "low", "warning": "medium", "critical": "high"}

// A document is a Sigma rule or correlation, in the order of its keys.
type document struct {
	Title          string         `yaml:"title"`
	ID             string         `yaml:"id"`
	Name           string         `yaml:"name"`
	Status         string         `yaml:"status"`
	Description    string         `yaml:"description"`
	References     []string       `yaml:"references,omitempty"`
	Tags           []string       `yaml:"tags,omitempty"`
	LogSource      *logSource     `yaml:"logsource,omitempty"`
	Detection      map[string]any `yaml:"detection,omitempty"`
	Correlation    *correlation   `yaml:"correlation,omitempty"`
	FalsePositives []string       `yaml:"falsepositives,omitempty"`
	Level          string         `yaml:"level"`
}

type logSource struct {
	Product    string `yaml:"product"`
	Service    string `yaml:"service"`
	Definition string `yaml:"definition"`
}

type correlation struct {
	Type      string         `yaml:"type"`
	Rules     []string       `yaml:"rules"`
	GroupBy   []string       `yaml:"group-by"`
	Timespan  string         `yaml:"timespan"`
	Field     string         `yaml:"field,omitempty"`
	Condition map[string]any `yaml:"condition"`
}

// definition describes the log source.
const definition = "Events of Claude Cowork, as otelcol-cowork passes them on: redacted, with their attributes as fields. Commands, paths, URLs and the calls of connectors are the fields of cowork_schema with the format ecs."

// Export returns the Sigma rules of alert rules, and the rules that Sigma cannot express.
func Export(specs []alert.Spec) (files []File, skipped []Skipped, err error) {
	for i := range specs {
		docs, err := documentsOf(&specs[i])
		if err != nil {
			skipped = append(skipped, Skipped{specs[i].Name, err.Error()})
			continue
		}
		var text bytes.Buffer
		enc := yaml.NewEncoder(&text)
		enc.SetIndent(2)
		for _, doc := range docs {
			if err := enc.Encode(doc); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", specs[i].Name, err)
			}
		}
		if err := enc.Close(); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", specs[i].Name, err)
		}
		files = append(files, File{specs[i].Name, text.Bytes(), fieldsOf(docs)})
	}
	return files, skipped, nil
}

// documentsOf returns the rules of an alert rule, and then their correlation.
func documentsOf(s *alert.Spec) ([]document, error) {
	if s.For != 0 {
		return nil, errors.New("it must hold for some time, which Sigma cannot express")
	}
	switch kind := kindOf(s); {
	case kind == "", kind == "count" && s.Count.Above < 1:
		doc, err := ruleOf(s, s.Name, s.Condition)
		return []document{doc}, err
	case kind == "count":
		return correlated(s, []string{s.Condition}, correlation{Type: "event_count", Condition: map[string]any{"gt": int64(math.Floor(s.Count.Above))}}, s.GroupBy)
	case kind == "distinct":
		field, err := fieldOf(s.Distinct.Attribute)
		if err != nil {
			return nil, err
		}
		return correlated(s, []string{s.Condition}, correlation{Type: "value_count", Field: field, Condition: map[string]any{"gt": int64(math.Floor(s.Distinct.Above)), "field": field}}, s.GroupBy)
	case kind == "sequence":
		return correlated(s, s.Sequence.Steps, correlation{Type: "temporal_ordered", Condition: map[string]any{"gte": len(s.Sequence.Steps)}}, []string{s.Sequence.By})
	default:
		return nil, fmt.Errorf("no form of Sigma for %s", kind)
	}
}

// kindOf returns the key of the kind of a rule, "" for a rule on single events.
func kindOf(s *alert.Spec) string {
	for kind := range alert.Kinds() {
		if kind.Key != "" && kind.IsSet(s) {
			return kind.Key
		}
	}
	return ""
}

// correlated returns a rule for each condition, and their correlation.
func correlated(s *alert.Spec, conditions []string, c correlation, groupBy []string) ([]document, error) {
	var docs []document
	for i, condition := range conditions {
		name := s.Name + "_event"
		if len(conditions) > 1 {
			name = fmt.Sprintf("%s_step_%d", s.Name, i+1)
		}
		extra := []string{condition}
		if len(conditions) > 1 {
			extra = append(extra, s.Condition)
		}
		doc, err := ruleOf(s, name, extra...)
		if err != nil {
			return nil, err
		}
		docs, c.Rules = append(docs, doc), append(c.Rules, name)
	}
	c.GroupBy, c.Timespan = []string{}, timespan(s.Window)
	for _, key := range groupBy {
		field, err := fieldOf(key)
		if err != nil {
			return nil, err
		}
		c.GroupBy = append(c.GroupBy, field)
	}
	doc := describe(s, s.Name)
	doc.Correlation = &c
	return append(docs, doc), nil
}

// ruleOf returns a rule on single events of the kinds of an alert rule.
func ruleOf(s *alert.Spec, name string, conditions ...string) (document, error) {
	var d detection
	if len(s.Events) > 0 {
		d.require(d.match("event.name", s.Events))
	}
	for _, condition := range conditions {
		if err := d.addCondition(condition); err != nil {
			return document{}, err
		}
	}
	if d.condition == "" {
		return document{}, errors.New("it matches every event")
	}
	doc := describe(s, name)
	doc.LogSource = &logSource{Product: "claude_cowork", Service: "otelcol-cowork", Definition: definition}
	doc.Detection = map[string]any{"condition": d.condition}
	for _, sel := range d.selections {
		doc.Detection[sel.name] = map[string]any{sel.field: sel.value}
	}
	return doc, nil
}

// describe returns a document with the texts of an alert rule.
func describe(s *alert.Spec, name string) document {
	doc := document{
		Title: "Claude Cowork: " + strings.ReplaceAll(name, "_", " "), ID: uuid.NewSHA1(namespace, []byte(name)).String(), Name: name,
		Status: "test", Description: strings.TrimSpace(s.Description + " " + s.Why), Level: levels[s.Severity],
	}
	doc.Tags, doc.References = tagsOf(s.Tags)
	if s.FalsePositives != "" {
		doc.FalsePositives = []string{s.FalsePositives}
	}
	return doc
}

// fieldOf returns the field of a dimension or an attribute.
func fieldOf(name string) (string, error) {
	if field := dimensionFields[name]; field != "" {
		return field, nil
	}
	if cowork.IsDimension(name) {
		return "", fmt.Errorf("%s is no single field", name)
	}
	if strings.ContainsAny(name, "[(\"") {
		return "", errExpression
	}
	return name, nil
}

// timespan returns a duration in Sigma's form, such as 15m.
func timespan(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}} {
		if d >= unit.length && d%unit.length == 0 {
			return strconv.FormatInt(int64(d/unit.length), 10) + unit.name
		}
	}
	return strconv.FormatInt(int64(d/time.Second), 10) + "s"
}

// fieldsOf returns the fields that documents read.
func fieldsOf(docs []document) []string {
	fields := map[string]bool{}
	for _, doc := range docs {
		for name, sel := range doc.Detection {
			if name == "condition" {
				continue
			}
			for key := range sel.(map[string]any) {
				field, _, _ := strings.Cut(key, "|")
				fields[field] = true
			}
		}
		if doc.Correlation == nil {
			continue
		}
		for _, field := range slices.Concat(doc.Correlation.GroupBy, []string{doc.Correlation.Field}) {
			if field != "" {
				fields[field] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(fields))
}
