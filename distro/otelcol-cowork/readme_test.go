package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/otelcol"
)

// TestReadmeComponents checks that the README lists the stock components of the manifest,
// and none of them as missing.
func TestReadmeComponents(t *testing.T) {
	factories, err := components()
	require.NoError(t, err)
	have := map[string][]string{
		"receivers":  typesOf(factories.Receivers),
		"processors": typesOf(factories.Processors),
		"connectors": typesOf(factories.Connectors),
		"exporters":  typesOf(factories.Exporters),
		"extensions": typesOf(factories.Extensions),
	}
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)

	for _, name := range ownTypes(factories) {
		require.Contains(t, string(readme), "\n| ["+name+"](", "README.md: the table of components lacks %s", name)
	}
	listed := listedIn(t, string(readme), "stock components")
	require.ElementsMatch(t, manifestSchemes(t), listed["configuration providers"], "configuration providers")
	delete(listed, "configuration providers")
	require.Equal(t, have, listed, "README.md and builder-config.yaml disagree")

	for kind, types := range listedIn(t, string(readme), "missing components") {
		require.Contains(t, have, kind)
		for _, missing := range types {
			for _, there := range have[kind] {
				require.NotEqual(t, plainType(missing), plainType(there), "README.md: %s %s is in the distribution", kind, missing)
			}
		}
	}
}

// typesOf returns the types of stock components, each under the name that is not deprecated.
func typesOf[F component.Factory](factories map[component.Type]F) (types []string) {
	for _, f := range factories {
		if name := f.Type().String(); !strings.HasPrefix(name, "cowork_") && !slices.Contains(types, name) {
			types = append(types, name)
		}
	}
	slices.Sort(types)
	return types
}

// ownTypes returns the types of the components of this module.
func ownTypes(f otelcol.Factories) (types []string) {
	for _, all := range []map[string]bool{typeSet(f.Processors), typeSet(f.Connectors), typeSet(f.Exporters), typeSet(f.Extensions)} {
		for name := range all {
			if strings.HasPrefix(name, "cowork_") {
				types = append(types, name)
			}
		}
	}
	return types
}

func typeSet[F component.Factory](factories map[component.Type]F) map[string]bool {
	set := map[string]bool{}
	for t := range factories {
		set[t.String()] = true
	}
	return set
}

// plainType returns a type without underscores: releases differ in them.
func plainType(name string) string { return strings.ReplaceAll(name, "_", "") }

// listItem matches an item such as "- receivers kafka, otlp;".
var listItem = regexp.MustCompile(`(?m)^- ((?:configuration )?[a-z]+) (.*)[;.]$`)

// listedIn returns the names of a list of the README, by the word in front of them.
func listedIn(t *testing.T, readme, list string) map[string][]string {
	t.Helper()
	_, rest, found := strings.Cut(readme, "<!-- begin "+list+" -->\n")
	require.True(t, found, "README.md has no %s", list)
	part, _, found := strings.Cut(rest, "<!-- end "+list+" -->")
	require.True(t, found)
	names := map[string][]string{}
	for _, item := range listItem.FindAllStringSubmatch(part, -1) {
		names[item[1]] = strings.Split(item[2], ", ")
	}
	require.Len(t, names, strings.Count(part, "\n"), "an item has another form")
	return names
}

// manifestSchemes returns the schemes of the configuration providers in the manifest. A
// package s3provider has the scheme s3.
func manifestSchemes(t *testing.T) (schemes []string) {
	t.Helper()
	main, err := os.ReadFile("main.go")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`(?m)^\t+(\w+)\.NewFactory\(\)\.Create`).FindAllStringSubmatch(string(main), -1) {
		if m[1] == "distro" {
			m[1] = "default"
		}
		schemes = append(schemes, strings.TrimSuffix(m[1], "provider"))
	}
	require.NotEmpty(t, schemes)
	return schemes
}
