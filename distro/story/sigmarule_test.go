package story

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	sigmago "github.com/bradleyjkemp/sigma-go"
	"github.com/bradleyjkemp/sigma-go/evaluator"
	"github.com/bradleyjkemp/sigma-go/evaluator/modifiers"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/distro/coworkctl/sigma"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// A sigmaRule is a document of the export that selects single events, and the rule of the
// collector that it must equal.
type sigmaRule struct {
	name   string
	fields []string // that it reads
	own    alert.Spec
	parsed sigmago.Rule
}

// exportedRules returns the documents of all built-in rules that select single events: rules,
// and the rules that correlations combine.
func exportedRules(t *testing.T) (rules []sigmaRule) {
	t.Helper()
	specs, err := alert.Builtin()
	require.NoError(t, err)
	files, _, err := sigma.Export(specs)
	require.NoError(t, err)
	byName := map[string]alert.Spec{}
	for _, s := range specs {
		byName[s.Name] = s
	}
	for _, file := range files {
		spec := byName[file.Rule]
		conditions := []string{spec.Condition}
		if spec.Sequence != nil {
			conditions = nil
			for _, step := range spec.Sequence.Steps {
				conditions = append(conditions, bothConditions(step, spec.Condition))
			}
		}
		for _, text := range documentsOf(t, file.Text) {
			parsed, err := sigmago.ParseRule(text)
			require.NoError(t, err, file.Rule)
			if len(parsed.Detection.Searches) == 0 {
				continue // a correlation
			}
			r := sigmaRule{parsed: parsed, name: parsed.AdditionalFields["name"].(string)}
			r.own = alert.Spec{Name: r.name, Severity: "info", Events: spec.Events, Condition: conditions[0]}
			conditions = conditions[1:]
			r.fields = adapt(&r.parsed)
			rules = append(rules, r)
		}
		require.Empty(t, conditions, file.Rule)
	}
	return rules
}

func bothConditions(a, b string) string {
	if b == "" {
		return a
	}
	return "(" + a + ") and (" + b + ")"
}

// documentsOf returns the documents of a file of YAML.
func documentsOf(t *testing.T, file []byte) (documents [][]byte) {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	for {
		var node yaml.Node
		err := decoder.Decode(&node)
		if errors.Is(err, io.EOF) {
			return documents
		}
		require.NoError(t, err)
		text, err := yaml.Marshal(&node)
		require.NoError(t, err)
		documents = append(documents, text)
	}
}

// adapt writes what sigma-go 0.6.6 does not read in the way that it does, and returns the
// fields of a rule. It knows neither the modifier cased nor flags of re, joined here to the
// name of a comparator, and no value null, which it compares as a text.
func adapt(rule *sigmago.Rule) (fields []string) {
	for _, search := range rule.Detection.Searches {
		for _, matcher := range search.EventMatchers {
			for i := range matcher {
				fields = append(fields, matcher[i].Field)
				if len(matcher[i].Modifiers) > 0 {
					matcher[i].Modifiers = []string{strings.Join(matcher[i].Modifiers, "_")}
				}
				for v, value := range matcher[i].Values {
					if value == nil {
						matcher[i].Values[v] = "null"
					}
				}
			}
		}
	}
	return fields
}

// A comparator compares the value of an event with that of a rule.
type comparator func(actual, expected string) bool

// Matches implements modifiers.Comparator. A missing field matches nothing: sigma-go compares
// its expressions with the text <nil>.
func (c comparator) Matches(actual, expected any) (bool, error) {
	return actual != nil && c(modifiers.CoerceString(actual), modifiers.CoerceString(expected)), nil
}

// addComparators adds the comparators that sigma-go lacks, and keeps compiled expressions,
// which it compiles for every event, and their results: each text is compared in two formats.
func addComparators(t *testing.T) {
	t.Helper()
	before := map[string]modifiers.Comparator{}
	compiled, results := map[string]*regexp.Regexp{}, map[[2]string]bool{}
	match := func(text, pattern string) bool {
		key := [2]string{pattern, text}
		result, known := results[key]
		if !known {
			if compiled[pattern] == nil {
				compiled[pattern] = regexp.MustCompile(pattern)
			}
			result = compiled[pattern].MatchString(text)
			results[key] = result
		}
		return result
	}
	unescaped := strings.NewReplacer(`\\`, `\`, `\*`, `*`, `\?`, `?`)
	for name, c := range map[string]comparator{
		"re":    match,
		"re_i":  func(text, pattern string) bool { return match(text, "(?i)"+pattern) },
		"cased": func(text, value string) bool { return text == unescaped.Replace(value) },
	} {
		before[name] = modifiers.Comparators[name]
		modifiers.Comparators[name] = c
	}
	t.Cleanup(func() {
		for name, c := range before {
			if modifiers.Comparators[name] = c; c == nil {
				delete(modifiers.Comparators, name)
			}
		}
	})
}

// A sigmaFormat evaluates Sigma rules on the documents of a format, with the names of its
// pipeline.
type sigmaFormat struct {
	sigma.Format
	mapper     schema.Mapper
	config     sigmago.Config
	evaluators []*evaluator.RuleEvaluator
}

// newSigmaFormat reads the pipeline of a format in distro/examples.
func newSigmaFormat(t *testing.T, format sigma.Format, mapper schema.Mapper, rules []sigmaRule) *sigmaFormat {
	t.Helper()
	text, err := os.ReadFile("../examples/sigma-" + format.Name + ".yml")
	require.NoError(t, err)
	var pipeline struct {
		Transformations []struct{ Mapping map[string]string }
	}
	require.NoError(t, yaml.Unmarshal(text, &pipeline))
	require.Len(t, pipeline.Transformations, 1)
	f := &sigmaFormat{Format: format, mapper: mapper, config: sigmago.Config{FieldMappings: map[string]sigmago.FieldMapping{}}}
	for field, name := range pipeline.Transformations[0].Mapping {
		f.config.FieldMappings[field] = sigmago.FieldMapping{TargetNames: []string{name}}
	}
	for _, rule := range rules {
		f.evaluators = append(f.evaluators, evaluator.ForRule(rule.parsed, evaluator.WithConfig(f.config)))
	}
	return f
}

// document returns the document of an event, as a SIEM reads it from JSON.
func (f *sigmaFormat) document(t *testing.T, e cowork.Event) (document map[string]any) {
	t.Helper()
	m := pcommon.NewMap()
	f.mapper.Map(m, e)
	text, err := json.Marshal(m.AsRaw())
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &document))
	return document
}

// matches returns which of the rules match a document, of those to evaluate.
func (f *sigmaFormat) matches(t *testing.T, rules []sigmaRule, document map[string]any, evaluates func(sigmaRule) bool) []bool {
	t.Helper()
	matched := make([]bool, len(rules))
	for i, e := range f.evaluators {
		if !evaluates(rules[i]) {
			continue
		}
		result, err := e.Matches(t.Context(), document)
		if err != nil {
			require.NoError(t, err, rules[i].name)
		}
		matched[i] = result.Match
	}
	return matched
}
