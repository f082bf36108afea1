package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// story are the flags that say what is told.
type story struct {
	settings synthetic.Settings
	start    string
	content  []string
}

func (s *story) register(flags *pflag.FlagSet) {
	flags.Uint64Var(&s.settings.Seed, "seed", 1, "chooses the people and what they do")
	flags.StringVar(&s.start, "start", "now", "when the story begins: a time in RFC 3339, a date, an offset like -24h, or now, with which it ends about now")
	flags.StringSliceVar(&s.content, "content", []string{"prompts", "responses", "tools"}, "what the admin lets the clients export: none, or a list of prompts, responses, tools, bodies")
	flags.BoolVar(&s.settings.Metrics, "metrics", false, "send the clients' own metrics too")
	flags.BoolVar(&s.settings.Traces, "traces", false, "turn the clients' traces beta on: trace ids on records, and spans")
}

func (s *story) registerSeats(flags *pflag.FlagSet, seats int) {
	flags.IntVar(&s.settings.Seats, "seats", seats, "how many people there are")
}

// resolve reads the flags that need reading. A start of now is put earlier by
// the length of the story.
func (s *story) resolve(now time.Time, length time.Duration) error {
	start, err := parseStart(s.start, now, length)
	if err != nil {
		return err
	}
	s.settings.Start = start
	s.settings.Content, err = parseContent(s.content)
	return err
}

// startForms are the ways to write a moment, besides now and an offset.
var startForms = []string{time.RFC3339Nano, time.DateOnly}

func parseStart(written string, now time.Time, length time.Duration) (time.Time, error) {
	if written == "now" {
		return now.Add(-length).Truncate(time.Millisecond), nil
	}
	if offset, err := time.ParseDuration(written); err == nil {
		return now.Add(offset).Truncate(time.Millisecond), nil
	}
	for _, form := range startForms {
		if t, err := time.Parse(form, written); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--start: %q is no moment (would be like 2026-11-16T09:00:00Z, 2026-11-16, -24h or now)", written)
}

// contents are the content flags by name.
var contents = []struct {
	name string
	set  func(*synthetic.Content)
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
	for _, c := range contents {
		have = append(have, c.name)
		if slices.Contains(names, c.name) {
			c.set(&content)
		}
	}
	for _, name := range names {
		if !slices.Contains(have, name) {
			return content, fmt.Errorf("--content: unknown %q (have none, %s)", name, strings.Join(have, ", "))
		}
	}
	return content, nil
}
