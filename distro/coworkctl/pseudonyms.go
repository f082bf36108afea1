package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// maxNameBytes is the length of the longest line that pseudonyms reads.
const maxNameBytes = 4096

var pseudonymForm = regexp.MustCompile(`^u_[0-9a-f]{32}$`)

// pseudonymsFlags are the flags of coworkctl pseudonyms.
type pseudonymsFlags struct {
	configs   []string
	processor string
	attribute string
	out       string
}

func newPseudonyms(env environment) *cobra.Command {
	var p pseudonymsFlags
	cmd := &cobra.Command{
		Use:   "pseudonyms --config CONFIG",
		Short: "Print the pseudonyms of names as CSV",
		Long: "Read names from the standard input, one a line, and print the pseudonym that the cowork_redaction\n" +
			"of a configuration writes for each: CSV with the columns name and pseudonym. A SIEM can join the\n" +
			"collector's output with other data by this table. Empty lines are skipped.\n\n" +
			"The table identifies people again. Keep it apart from the telemetry, and delete it after use.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.writeTable(cmd.Context(), env) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&p.configs, "config", []string{defaultConfigURI}, "configuration of the collector; if repeated, later ones override earlier ones")
	flags.StringVar(&p.processor, "processor", "", "id of the cowork_redaction to use, if the configuration has more than one")
	flags.StringVar(&p.attribute, "attribute", "process.owner", "attribute whose values the names are")
	flags.StringVar(&p.out, "out", "", "new file for the table, which only its owner can read; default: the standard output")
	return cmd
}

// writeTable writes the table of pseudonyms to the standard output or to a new file.
func (p *pseudonymsFlags) writeTable(ctx context.Context, env environment) (err error) {
	cfg, err := readRedactionConfig(ctx, p.configs, p.processor)
	if err != nil {
		return err
	}
	names, err := newPseudonymizer(ctx, cfg, p.attribute)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, names.shutdown(ctx)) }()
	fmt.Fprintln(env.stderr, "pseudonyms: warning: the table identifies people again (keep it apart from the telemetry, and delete it after use)")
	if p.out == "" {
		return names.writeCSV(ctx, env.stdout, env.stdin)
	}
	file, err := os.OpenFile(p.out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(names.writeCSV(ctx, file, env.stdin), file.Close()); err != nil {
		return errors.Join(err, os.Remove(p.out))
	}
	return nil
}

// A pseudonymizer writes pseudonyms by a cowork_redaction processor.
type pseudonymizer struct{ *redactor }

// newPseudonymizer returns an error if the configuration does not pseudonymize the attribute.
func newPseudonymizer(ctx context.Context, cfg *coworkredactionprocessor.Config, attribute string) (*pseudonymizer, error) {
	red, err := newRedactor(ctx, cfg, attribute, "")
	if err != nil {
		return nil, err
	}
	clean, err := red.processText(ctx, "name")
	if err == nil && !pseudonymForm.MatchString(clean) {
		err = errors.New("--attribute: the configuration writes no pseudonyms for it (would be in identities::actions with pseudonymize)")
	}
	if err != nil {
		return nil, errors.Join(err, red.shutdown(ctx))
	}
	return &pseudonymizer{red}, nil
}

// writeCSV reads names line by line and writes each with its pseudonym. Errors have the line,
// never the name.
func (p *pseudonymizer) writeCSV(ctx context.Context, out io.Writer, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, maxNameBytes), maxNameBytes)
	table := csv.NewWriter(out)
	if err := table.Write([]string{"name", "pseudonym"}); err != nil {
		return err
	}
	line := 0
	for lines.Scan() {
		line++
		name := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if name == "" {
			continue
		}
		pseudonym, err := p.processText(ctx, name)
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if !pseudonymForm.MatchString(pseudonym) {
			return fmt.Errorf("line %d: has no pseudonym (a name, no marker, of at most max_value_bytes)", line)
		}
		if err := table.Write([]string{name, pseudonym}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fmt.Errorf("line %d: is too long (at most %d bytes)", line+1, maxNameBytes)
		}
		return err
	}
	table.Flush()
	return table.Error()
}
