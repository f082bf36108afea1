package main

// This file reads what coworkctl reconcile compares besides the list of sessions.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/cowork-otel/collector/distro/coworkctl/reconcile"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/roster"
)

// readTelemetry reads the database or the files.
func (r *reconcileFlags) readTelemetry(ctx context.Context, env environment) (*reconcile.Telemetry, error) {
	telemetry := reconcile.NewTelemetry()
	if r.database != "" {
		if err := telemetry.ReadDatabase(ctx, r.database, r.set.From, r.set.To); err != nil {
			return nil, fmt.Errorf("--database: %w", err)
		}
		if telemetry.Empty() {
			return nil, errors.New("--database: has no session in the range of time (a page with sessions of these days would be right)")
		}
		return telemetry, nil
	}
	for _, pattern := range r.files {
		for _, name := range telemetryFiles(pattern) {
			if err := streamEvents(env, "--telemetry", name, maxReplayLine, telemetry.Add); err != nil {
				return nil, err
			}
		}
	}
	if telemetry.Empty() {
		return nil, errors.New("--telemetry: has no event with a session.id and a time (logs of the file exporter would be right)")
	}
	return telemetry, nil
}

func readListed[T any](env environment, file string, read func(io.Reader) ([]T, error)) ([]T, error) {
	in, err := openInput(env, file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	plain, err := decompressed(in)
	if err != nil {
		return nil, fmt.Errorf("%s: is cut off, or no gzip or zstd file (a whole file would be right)", file)
	}
	all, err := read(plain)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return all, nil
}

// readUsage reads the reports of the Analytics API.
func (r *reconcileFlags) readUsage(env environment) error {
	for _, file := range r.usage {
		byProduct := false
		rows, err := readListed(env, file, func(in io.Reader) (rows []reconcile.Usage, err error) {
			rows, byProduct, err = reconcile.ReadUsage(in)
			return rows, err
		})
		if err != nil {
			return fmt.Errorf("--usage: %w", err)
		}
		if !byProduct {
			fmt.Fprintf(env.stderr, "reconcile: --usage: %s: warning: has no product, so that it may include usage of others than Cowork (group_by[]=product would be right)\n", file)
		}
		r.set.Usage = append(r.set.Usage, rows...)
		if r.set.Usage == nil { // the report has no usage of Cowork
			r.set.Usage = []reconcile.Usage{}
		}
	}
	return nil
}

// readRoster reads the teams of people.
func (r *reconcileFlags) readRoster(env environment) error {
	if r.roster == "" {
		return nil
	}
	in, err := openInput(env, r.roster)
	if err != nil {
		return fmt.Errorf("--roster: %w", err)
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, roster.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("--roster: %w", err)
	}
	if len(text) > roster.MaxBytes {
		return fmt.Errorf("--roster: %s: is too long (at most %d bytes)", r.roster, roster.MaxBytes)
	}
	form := roster.CSV
	if ext := strings.ToLower(filepath.Ext(r.roster)); ext == ".yaml" || ext == ".yml" {
		form = roster.YAML
	}
	join := []string{"user.email", "user.account_id", "user.account_uuid"}
	people, err := roster.Parse(bytes.TrimPrefix(text, []byte("\ufeff")), form, roster.Settings{
		Join: join, Optional: true, Targets: []roster.Target{{Column: "team", Attribute: cowork.TeamAttribute}}, Team: cowork.TeamAttribute,
	})
	if err != nil {
		return fmt.Errorf("--roster: %s: %w", r.roster, err)
	}
	r.set.Team = func(userID, email string) string {
		for _, identity := range []struct{ attribute, value string }{{"user.email", email}, {"user.account_id", userID}, {"user.account_uuid", userID}} {
			if p := people.Find(identity.attribute, identity.value); p != nil {
				return p.Values[0]
			}
		}
		return ""
	}
	return nil
}

// openAlias sets the function that returns pseudonyms, if there is a configuration. The
// returned function releases it.
func (r *reconcileFlags) openAlias(ctx context.Context) (closeAlias func() error, err error) {
	if len(r.configs) == 0 {
		return func() error { return nil }, nil
	}
	cfg, err := readRedactionConfig(ctx, r.configs, r.processor)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", err)
	}
	redactors := map[string]*redactor{}
	closeAlias = func() error {
		var errs []error
		for _, one := range redactors {
			errs = append(errs, one.shutdown(ctx))
		}
		return errors.Join(errs...)
	}
	for _, attribute := range []string{"user.email", "user.account_id"} {
		if redactors[attribute], err = newRedactor(ctx, cfg, attribute, ""); err != nil {
			delete(redactors, attribute)
			return nil, errors.Join(fmt.Errorf("--config: %w", err), closeAlias())
		}
	}
	r.set.Alias = func(attribute, value string) string {
		pseudonym, err := redactors[attribute].processText(ctx, value)
		if err != nil || !pseudonymForm.MatchString(pseudonym) {
			return ""
		}
		return pseudonym
	}
	return closeAlias, nil
}
