package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
)

// redactErrorStatus is the exit status of coworkctl redact for errors. It differs
// from 1, the status for findings with --check.
const redactErrorStatus = 2

// errRedactFlag replaces the error of the flag parser, which quotes the argument: text
// that begins with a dash.
var errRedactFlag = errors.New("unknown flag, or a flag with a wrong value (see redact --help; for text that begins with a dash use --text=TEXT)")

// redactFlags are the flags of coworkctl redact.
type redactFlags struct {
	configs   []string
	processor string
	attribute string
	event     string
	texts     []string
	lines     bool
	findings  bool
	check     bool
	explain   bool

	showValues bool // in explanations
}

func newRedact(env environment) *cobra.Command {
	var r redactFlags
	cmd := &cobra.Command{
		Use:   "redact [FILE|TEXT ...]",
		Short: "Redact text and JSON as the collector would",
		Long: "Redact text and JSON as the cowork_redaction processor of a configuration does, and\n" +
			"print the result. Input is the arguments, the values of --text, or else the standard\n" +
			"input (-). An argument that is not the name of a file is text, if it has white space or\n" +
			"a finding. A file is one value unless --lines makes each of its lines one. JSON is\n" +
			"redacted in place. A value longer than max_value_bytes is replaced as a whole.\n\n" +
			"With --check the exit status is 1 if something was found, and only the names of the\n" +
			"patterns are printed. The exit status is 2 if the input or the configuration cannot be\n" +
			"used. No error contains any of the input.\n\n" +
			"With --explain it prints each value that the pattern secret judged by its context: its\n" +
			"line and column, the decision, the noun, the link, and the features with their weights.\n" +
			"A value is a secret if the sum of its weights is not negative. The value itself is\n" +
			"printed only with --show-values; otherwise its length and its shape.",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, arguments []string) error {
			err := r.redactInputs(cmd.Context(), env, arguments)
			if err == nil || errors.Is(err, errReported) {
				return err
			}
			return statusError{redactErrorStatus, err}
		},
	}
	cmd.SetFlagErrorFunc(func(*cobra.Command, error) error { return statusError{redactErrorStatus, errRedactFlag} })
	flags := cmd.Flags()
	flags.StringArrayVar(&r.configs, "config", []string{defaultConfigURI}, "configuration of the collector; if repeated, later ones override earlier ones")
	flags.StringVar(&r.processor, "processor", "", "id of the cowork_redaction to use, if the configuration has more than one")
	flags.StringVar(&r.attribute, "attribute", "", "attribute of a log record that has the text as its value, such as tool_input; default: the record's body")
	flags.StringVar(&r.event, "event", "", "event.name of the record, such as api_request_body")
	flags.StringArrayVar(&r.texts, "text", nil, "text to redact; repeatable")
	flags.BoolVar(&r.lines, "lines", false, "treat each line as a value of its own")
	flags.BoolVar(&r.findings, "findings", false, "print pattern, byte offset and length of each finding instead of the redacted text")
	flags.BoolVar(&r.check, "check", false, "print the patterns found per input instead of the redacted text; exit with 1 if there are any")
	flags.BoolVar(&r.explain, "explain", false, "print how the pattern secret judged each value, instead of the redacted text")
	flags.BoolVar(&r.showValues, "show-values", false, "with --explain, print the values themselves")
	return cmd
}

// printsOther reports whether something else than the redacted text is printed.
func (r *redactFlags) printsOther() bool { return r.findings || r.check || r.explain }

func (r *redactFlags) redactInputs(ctx context.Context, env environment, arguments []string) (err error) {
	if err := r.checkExplain(); err != nil {
		return err
	}
	cfg, err := readRedactionConfig(ctx, r.configs, r.processor)
	if err != nil {
		return err
	}
	if !cfg.Enabled {
		if r.printsOther() {
			return errors.New("cowork_redaction: enabled is false, so nothing can be found")
		}
		fmt.Fprintln(env.stderr, "redact: warning: cowork_redaction: enabled is false, the text is unchanged")
	}
	red, err := newRedactor(ctx, cfg, r.attribute, r.event)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(env.stdout)
	defer func() { err = errors.Join(err, out.Flush(), red.shutdown(ctx)) }()
	job := redactJob{redactFlags: r, redactor: red, limit: int(cfg.MaxValueBytes), out: out, warnings: env.stderr}
	for i, text := range r.texts {
		name := "--text"
		if i > 0 {
			name = fmt.Sprintf("--text %d", i+1)
		}
		if err := job.redactText(ctx, name, text); err != nil {
			return err
		}
	}
	if len(arguments) == 0 && len(r.texts) == 0 {
		arguments = []string{standardInput}
	}
	for i, argument := range arguments {
		if err := job.redactArgument(ctx, env, fmt.Sprintf("argument %d", i+1), argument); err != nil {
			return err
		}
	}
	if r.check && job.found {
		return errReported
	}
	return nil
}

// A redactJob redacts the inputs of one command line.
type redactJob struct {
	*redactFlags
	redactor *redactor
	limit    int // max_value_bytes
	out      *bufio.Writer
	warnings io.Writer
	found    bool
}

// redactArgument redacts the file that an argument names, or the argument itself if
// there is no such file and it is text.
func (j *redactJob) redactArgument(ctx context.Context, env environment, name, argument string) error {
	in, err := openInput(env, argument)
	if err == nil {
		defer in.Close()
		return j.redactFile(ctx, argument, in)
	}
	isText := false
	if !errors.Is(err, fs.ErrPermission) {
		var failed error
		if isText, failed = j.isText(ctx, argument); failed != nil {
			return fmt.Errorf("%s: %w", name, failed)
		}
	}
	if !isText {
		return fmt.Errorf("%s: %w (would be a file; --text takes text)", name, withoutPath(err))
	}
	return j.redactText(ctx, name, argument)
}

// isText reports whether an argument that names no file is text: it has a finding, or
// white space. Any other is the name of a missing file, which --check must not pass.
// With --check, so is one with white space that looks like a path.
func (j *redactJob) isText(ctx context.Context, argument string) (bool, error) {
	v := inputValue{text: cut(argument, j.limit+1), length: len(argument), line: 1}
	_, findings, err := j.redactor.redact(ctx, v)
	if err != nil || len(findings) > 0 {
		return len(findings) > 0, err
	}
	isPath := strings.ContainsAny(argument, `/\`) || fileExtension.MatchString(argument)
	return strings.ContainsFunc(argument, unicode.IsSpace) && !(j.check && isPath), nil
}

var fileExtension = regexp.MustCompile(`\.\w{1,8}$`)

// redactFile redacts a file, decompressed if it is a gzip stream.
func (j *redactJob) redactFile(ctx context.Context, name string, in io.Reader) error {
	plain, err := decompressed(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, withoutPath(err))
	}
	if mark, _ := plain.Peek(2); string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
		return fmt.Errorf("%s: is UTF-16 (would be UTF-8)", name)
	}
	return j.redactInput(ctx, name, plain)
}

// redactText redacts a text of the command line.
func (j *redactJob) redactText(ctx context.Context, name, text string) error {
	err := j.redactInput(ctx, name, strings.NewReader(text))
	if err == nil && !j.printsOther() {
		fmt.Fprintln(j.out)
	}
	return err
}

// redactInput redacts one input and writes what the flags select.
func (j *redactJob) redactInput(ctx context.Context, name string, in io.Reader) error {
	byPattern := map[string]int{}
	values := newValueReader(in, j.limit, j.lines)
	for {
		v, err := values.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, withoutPath(err))
		}
		if v.length > j.limit {
			fmt.Fprintf(j.warnings, "redact: %s:%d: has %d bytes, more than max_value_bytes (%d): replaced as a whole\n", name, v.line, v.length, j.limit)
		}
		clean, findings, err := j.redactor.redact(ctx, v)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, f := range findings {
			byPattern[f.pattern]++
			if j.findings {
				fmt.Fprintf(j.out, "%s:%d: %s offset=%d length=%d\n", name, f.line, f.pattern, f.offset, f.length)
			}
		}
		switch {
		case j.explain:
			j.writeExplanations(name, v, clean)
		case !j.printsOther():
			_, _ = j.out.WriteString(clean + v.end) // an error is returned by Flush
		}
		if values.waits() {
			if err := j.out.Flush(); err != nil {
				return err
			}
		}
	}
	j.found = j.found || len(byPattern) > 0
	if j.check && !j.findings && len(byPattern) > 0 {
		var list []string
		for _, pattern := range slices.Sorted(maps.Keys(byPattern)) {
			list = append(list, fmt.Sprintf("%s %d", pattern, byPattern[pattern]))
		}
		fmt.Fprintf(j.out, "%s: %s\n", name, strings.Join(list, ", "))
	}
	return nil
}

// withoutPath returns the cause of a file error. The path may be text that was
// given in place of a file.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
