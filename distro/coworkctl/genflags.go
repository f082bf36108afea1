package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// generatorFlags select what is generated.
type generatorFlags struct {
	settings synthetic.Settings
	start    string
	content  []string
}

func (g *generatorFlags) register(flags *pflag.FlagSet) {
	flags.Uint64Var(&g.settings.Seed, "seed", 1, "selects the users and their behavior")
	flags.StringVar(&g.start, "start", "now", "begin of the telemetry: an RFC 3339 time, a date, an offset like -24h; with now it ends about now")
	flags.StringSliceVar(&g.content, "content", []string{"prompts", "responses", "tools"}, "content that the clients export: none, or a list of prompts, responses, tools, bodies")
	flags.BoolVar(&g.settings.Metrics, "metrics", false, "also send the clients' own metrics")
	flags.BoolVar(&g.settings.Traces, "traces", false, "enable the clients' traces beta: trace ids on records, and spans")
}

func (g *generatorFlags) registerSeats(flags *pflag.FlagSet, seats int) {
	flags.IntVar(&g.settings.Seats, "seats", seats, "number of users")
}

// resolve parses --start and --content. A start of now is moved back by the
// length of the generated time.
func (g *generatorFlags) resolve(now time.Time, length time.Duration) error {
	start, err := parseStart(g.start, now, length)
	if err != nil {
		return err
	}
	g.settings.Start = start
	g.settings.Content, err = parseContent(g.content)
	return err
}

// startFormats are the accepted time formats besides now and an offset.
var startFormats = []string{time.RFC3339Nano, time.DateOnly}

func parseStart(written string, now time.Time, length time.Duration) (time.Time, error) {
	if written == "now" {
		return now.Add(-length).Truncate(time.Millisecond), nil
	}
	if offset, err := time.ParseDuration(written); err == nil {
		return now.Add(offset).Truncate(time.Millisecond), nil
	}
	for _, format := range startFormats {
		if t, err := time.Parse(format, written); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--start: %q is no time (would be like 2026-11-16T09:00:00Z, 2026-11-16, -24h or now)", written)
}

// contentOptions are the values of --content.
var contentOptions = []struct {
	name   string
	enable func(*synthetic.Content)
}{
	{"prompts", func(c *synthetic.Content) { c.Prompts = true }},
	{"responses", func(c *synthetic.Content) { c.Responses = true }},
	{"tools", func(c *synthetic.Content) { c.ToolDetails = true }},
	{"bodies", func(c *synthetic.Content) { c.RawBodies = true }},
}

func parseContent(names []string) (synthetic.Content, error) {
	var content synthetic.Content
	if slices.Equal(names, []string{"none"}) {
		return content, nil
	}
	var have []string
	for _, option := range contentOptions {
		have = append(have, option.name)
		if slices.Contains(names, option.name) {
			option.enable(&content)
		}
	}
	for _, name := range names {
		if !slices.Contains(have, name) {
			return content, fmt.Errorf("--content: unknown %q (have none, %s)", name, strings.Join(have, ", "))
		}
	}
	return content, nil
}
