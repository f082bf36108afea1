package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cowork-otel/collector/distro/coworkctl/sigma"
	"github.com/cowork-otel/collector/internal/alert"
)

// exportRules writes rules as Sigma rules into a folder, one file a rule, and prints which
// rules Sigma cannot express and why. Without --rules it exports all built-in rules.
func (a *alertsFlags) exportRules(ctx context.Context, env environment) error {
	if a.export != "sigma" {
		return fmt.Errorf("--export: %s: must be sigma", a.export)
	}
	if a.out == "" {
		return errors.New("--out: no folder (it is created, and files of the same names are replaced)")
	}
	specs, err := alert.Builtin()
	if a.rules != "" {
		specs, err = enabledRules(ctx, a.rules)
	}
	if err != nil {
		return err
	}
	files, skipped, err := sigma.Export(specs)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a.out, 0o750); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(a.out, f.Rule+".yml"), f.Text, 0o600); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%d of %d rules written to %s\n", len(files), len(specs), a.out)
	for _, s := range skipped {
		fmt.Fprintf(&text, "not written: %s: %s\n", s.Rule, s.Reason)
	}
	for _, format := range sigma.Formats {
		for _, f := range files {
			if missing := format.Missing(f); len(missing) > 0 {
				fmt.Fprintf(&text, "never matches with the format %s: %s: no name for %s\n", format.Name, f.Rule, strings.Join(missing, ", "))
			}
		}
	}
	_, err = fmt.Fprint(env.stdout, text.String())
	return err
}

// enabledRules returns the enabled rules of every cowork_rules in a file.
func enabledRules(ctx context.Context, file string) (enabled []alert.Spec, err error) {
	configs, err := readRules(ctx, file)
	if err != nil {
		return nil, err
	}
	for _, cfg := range configs {
		specs, err := cfg.EnabledRules()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		enabled = append(enabled, specs...)
	}
	return enabled, nil
}
