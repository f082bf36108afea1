package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An alertsCommand are the flags of coworkctl alerts.
type alertsCommand struct {
	rules  string
	events []string
	after  time.Duration
	json   bool
	expect string
}

func newAlerts(around surroundings) *cobra.Command {
	var c alertsCommand
	cmd := &cobra.Command{
		Use:   "alerts --rules FILE --events FILE",
		Short: "Say which alerts rules would have told of events that were recorded",
		Long: "Replay events with the clock that they carry, and print which alerts of the rules would\n" +
			"have fired, when, with which labels, and when they would have been resolved.\n\n" +
			"The rules are a list of rules, what stands below cowork_rules, or a whole configuration\n" +
			"of the collector; without --rules they are the three that are on by default. The events\n" +
			"are OTLP/JSON, as the collector's file exporter writes it (- is standard input).\n\n" +
			"With --expect, what is printed is compared with a file instead. Exits with 1 when it differs.",
		RunE: func(*cobra.Command, []string) error { return c.run(around) },
	}
	flags := cmd.Flags()
	flags.StringVar(&c.rules, "rules", "", "file with the rules")
	flags.StringSliceVar(&c.events, "events", nil, "file with the events; more than one if needed")
	flags.DurationVar(&c.after, "after", time.Hour, "how long the clock goes on after the last event")
	flags.BoolVar(&c.json, "json", false, "print an object of JSON an alert")
	flags.StringVar(&c.expect, "expect", "", "file with what should be printed; empty lines in it and those that begin with # count for nothing")
	return cmd
}

func (c *alertsCommand) run(around surroundings) error {
	if len(c.events) == 0 {
		return errors.New("alerts: --events: no file (the default configuration writes data/logs.json)")
	}
	if c.after < 0 || c.after > maxAfter {
		return fmt.Errorf("alerts: --after: %v: must be from 0s to %v", c.after, maxAfter)
	}
	configs, err := readRules(c.rules)
	if err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	for _, cfg := range configs {
		for _, warning := range cfg.Warnings() {
			fmt.Fprintf(around.err, "alerts: warning: %s\n", warning)
		}
	}
	var events []cowork.Event
	for _, file := range c.events {
		read, err := readEvents("alerts", file)
		if err != nil {
			return err
		}
		events = append(events, read...)
	}
	events, timeless := inOrder(events)
	if timeless > 0 {
		fmt.Fprintf(around.err, "alerts: %d events have no time and were passed over\n", timeless)
	}
	told, err := replay(configs, events, c.after)
	if err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	return c.tell(around, told)
}

// tell prints the alerts, or whether they are as expected.
func (c *alertsCommand) tell(around surroundings, told plog.Logs) error {
	write := writeAlerts
	if c.json {
		write = writeAlertsJSON
	}
	got := write(told)
	if c.expect == "" {
		_, err := around.out.Write(got)
		return err
	}
	want, err := os.ReadFile(c.expect)
	if err != nil {
		return fmt.Errorf("alerts: --expect: %w", err)
	}
	difference, err := compare(c.expect, withoutComments(want), got)
	if err != nil {
		return err
	}
	if difference == "" {
		fmt.Fprintf(around.out, "%d alerts, as expected\n", bytes.Count(got, []byte("\n")))
		return nil
	}
	fmt.Fprint(around.out, difference)
	return errTold
}
