package sigma

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
)

// A Format is a format of cowork_schema, in which a SIEM has the events.
type Format struct {
	Name string
	// title and target are the name of its pipeline, and an argument of sigma convert.
	title, target string
	// names are the names of the fields of the calls of tools.
	names map[string]string
	// nameOf returns the name of an attribute, "" for one that the format leaves out.
	nameOf func(attribute string) string
}

// Formats are the formats that have a pipeline.
var Formats = []Format{
	{"flat", "Claude Cowork, flat rows", "splunk", map[string]string{
		"process.command_line":  "command",
		"file.path":             "file_path",
		"url.full":              "url",
		"cowork.file_read":      "file_read",
		"cowork.file_written":   "file_written",
		"cowork.connector_tool": "connector_call",
		"cowork.connector":      "connector",
	}, flat.ColumnOf},
	{"ecs", "Claude Cowork, ECS", "esql", namesOfConverters(), ecs.FieldOf},
}

// namesOfConverters returns the fields of the converters, which are those of the format ecs.
func namesOfConverters() map[string]string {
	names := map[string]string{"cowork.connector": "cowork.connector"}
	for _, field := range converterFields {
		names[field] = field
	}
	return names
}

// NameOf returns the name that a format gives to a field of the rules, "" if it has none.
func (f Format) NameOf(field string) string {
	if name := f.names[field]; name != "" {
		return name
	}
	return f.nameOf(field)
}

// Missing returns the fields of a rule that a format has no name for. The rule never matches
// there.
func (f Format) Missing(file File) (fields []string) {
	for _, field := range file.Fields {
		if f.NameOf(field) == "" {
			fields = append(fields, field)
		}
	}
	return fields
}

// A pipeline is a pipeline of sigma-cli, in the order of its keys.
type pipeline struct {
	Name            string           `yaml:"name"`
	Priority        int              `yaml:"priority"`
	Transformations []transformation `yaml:"transformations"`
}

type transformation struct {
	ID             string              `yaml:"id"`
	Type           string              `yaml:"type"`
	Mapping        map[string]string   `yaml:"mapping"`
	RuleConditions []map[string]string `yaml:"rule_conditions"`
}

// fieldNames returns the name of each field that a format calls otherwise than rules do: of
// all attributes, so that it fits rules of one's own.
func (f Format) fieldNames() map[string]string {
	names := map[string]string{}
	add := func(field string) {
		if name := f.NameOf(field); name != "" && name != field {
			names[field] = name
		}
	}
	for field := range f.names {
		add(field)
	}
	for attribute := range cowork.Attributes() {
		add(attribute.Name)
	}
	return names
}

// Pipeline returns the pipeline of sigma-cli that renames the fields of rules to those of a
// format, and states which of the rules it cannot serve.
func (f Format) Pipeline(files []File) ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# A pipeline of sigma-cli for Sigma rules of `coworkctl alerts --export sigma`: the names of attributes in\n"+
		"# what cowork_schema writes with the format %s and the mode replace. Give it the source of your product by\n"+
		"# a pipeline of your own. go test ./distro -run TestSigmaPipelines -update writes this file.\n"+
		"#\n#   sigma convert -t %s -p sigma-%s.yml sigma/\n#\n", f.Name, f.target, f.Name)
	var without []string
	for _, file := range files {
		if len(f.Missing(file)) > 0 {
			without = append(without, file.Rule)
		}
	}
	slices.Sort(without)
	text := "The built-in rules read no other fields."
	if len(without) > 0 {
		text = "These built-in rules read other fields, and never match: " + strings.Join(without, " ")
	}
	fmt.Fprintf(&out, "# %s\n\n", text)
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(pipeline{f.title, 20, []transformation{{"cowork_fields", "field_name_mapping", f.fieldNames(), []map[string]string{{"type": "logsource", "product": "claude_cowork"}}}}}); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return out.Bytes(), nil
}
