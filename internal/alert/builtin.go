package alert

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed builtin/*.yaml
var builtin embed.FS

// Families are the groups of the built-in rules, in the order of the documentation. Each
// is a file below builtin.
var Families = []string{
	"credentials",
	"execution",
	"persistence",
	"defence_evasion",
	"discovery",
	"exfiltration",
	"impact",
	"supply_chain",
	"injection",
	"scheduling",
	"spend",
	"reliability",
	"drift",
}

// Profiles are the selections of built-in rules, from the fewest to the most. Each has the
// rules of those before it.
var Profiles = []string{"quiet", "standard", "strict"}

// builtinNodes returns the parsed files of the built-in rules, in the order of [Families].
var builtinNodes = sync.OnceValues(func() (nodes []yaml.Node, err error) {
	for _, family := range Families {
		text, err := builtin.ReadFile("builtin/" + family + ".yaml")
		if err != nil {
			return nil, err
		}
		var node yaml.Node
		if err := yaml.Unmarshal(text, &node); err != nil {
			return nil, fmt.Errorf("builtin/%s.yaml: %w", family, err)
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
})

// Builtin returns the rules that are part of the collector. The caller may change them. The
// files are parsed once.
func Builtin() (specs []Spec, err error) {
	nodes, err := builtinNodes()
	if err != nil {
		return nil, err
	}
	for i, family := range Families {
		var list []Spec
		if err := nodes[i].Decode(&list); err != nil {
			return nil, fmt.Errorf("builtin/%s.yaml: %w", family, err)
		}
		for _, s := range list {
			s.Family = family
			specs = append(specs, s)
		}
	}
	return specs, nil
}

// Parse parses a list of rules in YAML. An unknown key is an error.
func Parse(text []byte) ([]Spec, error) {
	var specs []Spec
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&specs); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return specs, nil
}
