package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// options select what is printed in addition to the table.
type options struct {
	root   string
	misses bool
	text   bool
	only   string
	fit    bool
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the repository's root")
	flag.BoolVar(&o.misses, "misses", false, "list missed values and wrong replacements")
	flag.BoolVar(&o.text, "text", false, "list them with the surrounding text, except for the corpus of the repository")
	flag.StringVar(&o.only, "type", "", "list only this type")
	flag.BoolVar(&o.fit, "fit", false, "fit the weights of the pattern secret to the corpora and to the files of cases that are arguments, and write them")
	flag.Parse()
	if o.fit {
		if err := runFit(os.Stdout, o.root, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, "quality:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(context.Background(), os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, o options) error {
	for _, c := range corpora {
		records, err := c.loadRecords(o.root)
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(out, "== %s: not found\n\n", c.name)
			continue
		}
		if err != nil {
			return err
		}
		result, err := measure(ctx, records)
		if err != nil {
			return err
		}
		shown := o
		shown.text = o.text && !c.blind
		if err := result.printTable(out, c.name, len(records), shown); err != nil {
			return err
		}
	}
	return printCases(ctx, out, o)
}

// printCases prints how many of the cases of the repository are right, and the ids of the
// others if misses are listed.
func printCases(ctx context.Context, out io.Writer, o options) error {
	scores, err := measureCases(ctx, o.root)
	if err != nil {
		return err
	}
	for _, s := range scores {
		fmt.Fprintf(out, "== cases, %s: %d of %d right\n", s.name, s.cases-len(s.wrong), s.cases)
		if o.misses {
			fmt.Fprintln(out, strings.Join(s.wrong, " "))
		}
	}
	return nil
}

// A result is the score of a corpus. Disguised values have a score of their own, since
// they are hard to find. The records from public reports are part of plain, and have a
// score of their own as well.
type result struct {
	plain, evasion, field scoring.Score
	unaligned             []string // ids of records whose replaced parts are unknown
}

// measure redacts records and scores the results.
func measure(ctx context.Context, records []scoring.Record) (*result, error) {
	texts, err := redact(ctx, records)
	if err != nil {
		return nil, err
	}
	res := new(result)
	for i, r := range records {
		replaced, ok := scoring.Replaced(r.Text, texts[i])
		if !ok {
			res.unaligned = append(res.unaligned, r.ID)
		}
		if r.Evasion() {
			res.evasion.Add(r, replaced)
		} else {
			res.plain.Add(r, replaced)
		}
		if r.Field() {
			res.field.Add(r, replaced)
		}
	}
	return res, nil
}

func (r *result) printTable(out io.Writer, name string, records int, o options) error {
	fmt.Fprintf(out, "== %s: %d records\n\n", name, records)
	if err := r.plain.Write(out); err != nil {
		return err
	}
	printFigures(out, "evasion", &r.evasion)
	printFigures(out, "public reports", &r.field)
	if len(r.unaligned) > 0 {
		fmt.Fprintf(out, "counted as unchanged, since not only markers differ: %v\n", r.unaligned)
	}
	if o.misses {
		list(out, "", &r.plain, o)
		list(out, "evasion ", &r.evasion, o)
	}
	_, err := fmt.Fprintln(out)
	return err
}

// printFigures prints the figures of a part of a corpus, if the corpus has that part.
func printFigures(out io.Writer, part string, s *scoring.Score) {
	if len(s.Recall) == 0 {
		return
	}
	f := s.Figures()
	fmt.Fprintf(out, "%s: precision %.1f %%, recall %.1f %%, leaked %.1f %%, clean altered %.1f %%\n", part, f.Precision, f.Recall, f.Leak, f.Altered)
}

// around is how many bytes of the text are printed on each side of a mistake.
const around = 40

// list prints the mistakes with the ids of their records.
func list(out io.Writer, prefix string, s *scoring.Score, o options) {
	for _, m := range s.Mistakes {
		if o.only != "" && m.Span.Type != o.only {
			continue
		}
		what := "wrong "
		if m.Missed {
			what = "missed"
		}
		fmt.Fprintf(out, "%s%s %-14s %s %d:%d", prefix, what, m.Span.Type, m.Record.ID, m.Span.Start, m.Span.End)
		if o.text {
			t := m.Record.Text
			fmt.Fprintf(out, " %q in %q", t[m.Span.Start:m.Span.End], t[max(0, m.Span.Start-around):min(len(t), m.Span.End+around)])
		}
		fmt.Fprintln(out)
	}
}
