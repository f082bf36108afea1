package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// alertsFlags are the flags of coworkctl alerts.
type alertsFlags struct {
	rules  string
	events []string
	after  time.Duration
	format string
	expect string

	describe string

	export, out string
}

func newAlerts(env environment) *cobra.Command {
	var a alertsFlags
	cmd := &cobra.Command{
		Use:   "alerts [--rules FILE] --events FILE | --describe KIND | --export sigma --out DIR",
		Short: "Evaluate alert rules on recorded events",
		Long: "Replay recorded events with the time that they carry, and print which alerts the rules\n" +
			"would have fired, when, with which labels, and when they would have been resolved.\n\n" +
			"--rules is a list of rules, the section of a cowork_rules, or a whole configuration of\n" +
			"the collector. Without it the profile quiet is evaluated, which is the default. Events\n" +
			"are OTLP/JSON, as the collector's file exporter writes it (- is the standard input).\n\n" +
			"With --expect the output is compared with a file. The exit status is 1 if it differs.\n\n" +
			"--describe prints what a rule can use: the attributes of a kind of events with type and\n" +
			"example (--describe permission_mode_changed), or the keys of a kind of rules with their\n" +
			"defaults (--describe ratio).\n\n" +
			"--export sigma writes the rules of --rules, or all built-in ones, as Sigma rules into the\n" +
			"folder --out, and prints which of them Sigma cannot express, with the reason.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.export != "" {
				return a.exportRules(cmd.Context(), env)
			}
			if a.describe == "" {
				return a.evaluate(cmd.Context(), env)
			}
			text, err := describeTopic(a.describe)
			fmt.Fprint(env.stdout, text)
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&a.rules, "rules", "", "file with the rules")
	flags.StringSliceVar(&a.events, "events", nil, "file with the events; repeatable")
	flags.StringVar(&a.describe, "describe", "", "kind of events, or of rules, to describe")
	flags.StringVar(&a.export, "export", "", "form in which the rules are written: sigma")
	flags.StringVar(&a.out, "out", "", "folder that --export writes to")
	flags.DurationVar(&a.after, "after", time.Hour, "how long the clock runs on after the last event")
	flags.StringVar(&a.format, "format", "text", "text, or json for one object per alert")
	flags.StringVar(&a.expect, "expect", "", "file with the expected output; empty lines and lines that begin with # are ignored")
	return cmd
}

func (a *alertsFlags) evaluate(ctx context.Context, env environment) error {
	if len(a.events) == 0 {
		return errors.New("--events: no file (the default configuration writes data/logs.json)")
	}
	if a.format != "text" && a.format != "json" {
		return errors.New("--format: is unknown (text or json)")
	}
	if a.after < 0 || a.after > maxAfter {
		return fmt.Errorf("--after: %v: must be from 0s to %v", a.after, maxAfter)
	}
	configs, err := readRules(ctx, a.rules)
	if err != nil {
		return err
	}
	for _, cfg := range configs {
		for _, warning := range cfg.Warnings() {
			fmt.Fprintf(env.stderr, "alerts: warning: %s\n", warning)
		}
	}
	var events []cowork.Event
	for _, file := range a.events {
		read, err := readEvents(env, "alerts", file)
		if err != nil {
			return err
		}
		events = append(events, read...)
	}
	events, undated := sortByTime(events)
	if undated > 0 {
		fmt.Fprintf(env.stderr, "alerts: ignored %d events without a time\n", undated)
	}
	alerts, err := evaluateRules(configs, events, a.after)
	if err != nil {
		return err
	}
	return a.printOrCompare(env, alerts)
}

// printOrCompare prints the alerts, or with --expect how they differ from the
// expected ones.
func (a *alertsFlags) printOrCompare(env environment, alerts plog.Logs) error {
	format := formatAlerts
	if a.format == "json" {
		format = formatAlertsJSON
	}
	got := format(alerts)
	if a.expect == "" {
		_, err := env.stdout.Write(got)
		return err
	}
	want, err := os.ReadFile(a.expect)
	if err != nil {
		return fmt.Errorf("--expect: %w", err)
	}
	difference, err := diffAlerts(a.expect, withoutComments(want), got)
	if err != nil {
		return err
	}
	if difference == "" {
		fmt.Fprintf(env.stdout, "%d alerts, as expected\n", bytes.Count(got, []byte("\n")))
		return nil
	}
	fmt.Fprint(env.stdout, difference)
	return errReported
}
