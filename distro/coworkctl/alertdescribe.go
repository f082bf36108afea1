package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/nearest"
)

// eachName is the name of the kind of rules without a key.
const eachName = "each"

// describeTopic returns what an administrator needs to write a rule: the attributes of a kind
// of events, or the keys of a kind of rules.
func describeTopic(name string) (string, error) {
	if kind := cowork.KindOf(cowork.ShortName(name)); kind != nil {
		return describeEvent(kind)
	}
	var kinds, events []string
	for kind := range alert.Kinds() {
		key := cmp.Or(kind.Key, eachName)
		if key == name {
			return describeRule(kind), nil
		}
		kinds = append(kinds, key)
	}
	for kind := range cowork.Kinds() {
		events = append(events, kind.Name)
	}
	if near := nearest.Name(name, append(slices.Clone(kinds), events...)); near != "" {
		return "", fmt.Errorf("--describe: %q: is neither a kind of rules nor of events (did you mean %q?)", name, near)
	}
	return "", fmt.Errorf("--describe: %q: is neither a kind of rules (%s) nor of events (%s)", name, strings.Join(kinds, ", "), strings.Join(events, ", "))
}

// describeEvent lists the attributes of a kind of events.
func describeEvent(kind *cowork.Kind) (string, error) {
	examples, err := exampleValues(kind.Name)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s: %s\n\n", kind.Name, kind.Doc)
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "attribute\ttype\texample\t\n")
	for _, name := range slices.Concat(kind.Attributes, cowork.StandardAttributes[:]) {
		a := cowork.AttributeOf(name)
		if a == nil {
			continue
		}
		doc := a.Doc
		if a.Class == cowork.Content {
			doc += " (content: for conditions only)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", a.Name, a.Type, exampleOf(a, examples), doc)
	}
	_ = table.Flush() // a buffer returns no error
	fmt.Fprintf(&out, "\nDimensions for group_by and messages: user, team, cost_center, organization, model, tool, connector, skill, plugin, agent, client_version.\n")
	condition := cowork.AttributeOf(slices.Concat(kind.Required, kind.Attributes, cowork.StandardAttributes[:])[0])
	fmt.Fprintf(&out, "A condition: 'attributes[\"%s\"] == %s'\n", condition.Name, literalOf(condition, examples))
	return trimLines(out.String()), nil
}

// typeExamples are the examples for attributes that the generator does not produce.
var typeExamples = map[cowork.Type]string{
	cowork.Int: "1", cowork.Double: "0.25", cowork.Bool: "true", cowork.Timestamp: "2026-11-16T09:00:00.000Z",
	cowork.JSON: "{…}", cowork.Map: "{…}", cowork.Strings: "[…]", cowork.String: "…",
}

// maxExample is the length at which an example is cut.
const maxExample = 40

// exampleOf returns a value that the attribute has after cowork_event.
func exampleOf(a *cowork.Attribute, examples map[string]string) string {
	value, ok := examples[a.Name]
	if !ok || a.Class == cowork.Content {
		value = typeExamples[a.Type]
	}
	if runes := []rune(value); len(runes) > maxExample {
		value = string(runes[:maxExample]) + "…"
	}
	return value
}

// literalOf returns the example of an attribute as a literal of a condition.
func literalOf(a *cowork.Attribute, examples map[string]string) string {
	value := exampleOf(a, examples)
	switch a.Type {
	case cowork.Int, cowork.Double, cowork.Bool:
		return value
	case cowork.String, cowork.Strings, cowork.JSON, cowork.Map, cowork.Timestamp:
	}
	return `"` + value + `"`
}

// exampleValues returns a value of each attribute of a kind of events. They are of
// synthetic telemetry.
func exampleValues(kind string) (map[string]string, error) {
	monday := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	fleet, err := synthetic.New(synthetic.Settings{Seed: 1, Seats: 10, Start: monday, Until: monday.AddDate(0, 0, 1)})
	if err != nil {
		return nil, err
	}
	examples := map[string]string{}
	for batch := range fleet.Batches() {
		for ev := range cowork.Events(batch.Logs) {
			if ev.Name() != kind {
				continue
			}
			cowork.Normalize(ev)
			for key, value := range ev.Record().Attributes().All() {
				if text := value.AsString(); examples[key] == "" && text != "" {
					examples[key] = text
				}
			}
		}
	}
	return examples, nil
}

// commonKeys are the keys of every rule, with their defaults.
var commonKeys = [][3]string{
	{"name", "", "the name of the alert: a-z, 0-9 and _"},
	{"events", "all", "kinds of events"},
	{"condition", "all", "an OTTL condition that selects events"},
	{"severity", "", "info, warning or critical"},
	{"message", "the name", "text with placeholders such as {user}, {value}, {threshold}, {window}"},
	{"group_by", "none", "dimensions, attributes or expressions; an alert for each combination"},
	{"include_missing", "false", "evaluate events without a value for group_by"},
	{"for", "0s", "how long the rule must hold before it fires"},
	{"keep_firing_for", "0s", "how long it fires after it last held"},
	{"resolve_after", "5m", "how long a rule on single events fires after the last one"},
	{"once", "false", "an alert that fires is sent once, not every repeat_interval"},
	{"description, why, action", "none", "texts for readers of the alert"},
	{"labels", "none", "labels of every alert of the rule"},
	{"enabled", "true", ""},
}

// describeRule lists the keys of a kind of rules.
func describeRule(kind *alert.Kind) string {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s: fires when %s\n", cmp.Or(kind.Key, eachName), kind.Fires)
	if kind.Key != "" {
		fmt.Fprintf(&out, "example: %s: %s\n", kind.Key, kind.Example)
	}
	fmt.Fprintln(&out)
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "key\ttype\tdefault\t\n")
	for _, key := range kind.Keys {
		fmt.Fprintf(table, "%s::%s\t%s\t%s\t%s\n", kind.Key, key.Name, key.Value, cmp.Or(key.Default, "none"), key.Doc)
	}
	if kind.HasWindow() {
		fmt.Fprintf(table, "window\tduration\tnone\tthe time over which events are aggregated; at least 1s\n")
	}
	for _, key := range commonKeys {
		fmt.Fprintf(table, "%s\t\t%s\t%s\n", key[0], cmp.Or(key[1], "none: must be set"), key[2])
	}
	_ = table.Flush() // a buffer returns no error
	return trimLines(out.String())
}

// trimLines removes the spaces at the end of lines.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
