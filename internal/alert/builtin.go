package alert

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

//go:embed builtin.yaml
var builtin []byte

// Builtin returns the rules that are part of the collector.
func Builtin() ([]Spec, error) {
	specs, err := Parse(builtin)
	if err != nil {
		return nil, fmt.Errorf("builtin.yaml: %w", err)
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
