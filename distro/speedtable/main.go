package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "speedtable:", err)
		os.Exit(1)
	}
}

// columns are the figures of the table: their input, their unit in go test, and their
// divisor.
var columns = []struct {
	title, input, unit string
	by                 float64
}{
	{"strings MB/s", "strings", "MB/s", 1},
	{"ns/string", "strings", "ns/record", 1},
	{"records MB/s", "records", "MB/s", 1},
	{"µs/record", "records", "ns/record", 1e3},
	{"64 KiB prompt ms", "prompt", "ns/record", 1e6},
	{"worst ns/byte", "adversary", "worst-ns/byte", 1},
	{"worst / clean", "adversary", "times-clean", 1},
	{"clean string ns", "clean", "ns/op", 1},
	{"clean allocs", "clean", "allocs/op", 1},
}

// The figure and the redactor of the ratio.
const (
	ratioInput = "strings"
	ratioUnit  = "MB/s"
	ratioTo    = "contrib_redaction"
)

// results has figures by redactor, input and unit.
type results struct {
	names   []string // in the order of the input
	figures map[[3]string]float64
}

func run(in io.Reader, out io.Writer) error {
	res, err := parseResults(in)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, c := range columns {
		fmt.Fprintf(w, "\t%s", c.title)
	}
	fmt.Fprintf(w, "\ttimes contrib\t\n")
	for _, name := range res.names {
		fmt.Fprint(w, name)
		for _, c := range columns {
			fmt.Fprintf(w, "\t%s", res.figure(name, c.input, c.unit, c.by))
		}
		contrib := res.figures[[3]string{ratioTo, ratioInput, ratioUnit}]
		fmt.Fprintf(w, "\t%s\t\n", res.figure(name, ratioInput, ratioUnit, contrib))
	}
	return w.Flush()
}

// line matches the result of a benchmark. The number of processors follows its name.
var line = regexp.MustCompile(`^BenchmarkSpeed/([^/\s]+)/(\S+?)(?:-\d+)?\s+\d+\s+(.+)$`)

// parseResults parses results. It skips all other lines, and returns an error for failures.
func parseResults(in io.Reader) (*results, error) {
	res := &results{figures: map[[3]string]float64{}}
	seen := map[string]bool{}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "FAIL") || strings.HasPrefix(lines.Text(), "--- FAIL") {
			return nil, fmt.Errorf("the benchmarks failed: %s", lines.Text())
		}
		m := line.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		if !seen[m[2]] {
			seen[m[2]] = true
			res.names = append(res.names, m[2])
		}
		fields := strings.Fields(m[3])
		for i := 0; i+1 < len(fields); i += 2 {
			n, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %q is no number", m[2], fields[i])
			}
			res.figures[[3]string{m[2], m[1], fields[i+1]}] = n
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(res.names) == 0 {
		return nil, errors.New("no results of BenchmarkSpeed (want the output of go test -bench)")
	}
	return res, nil
}

// figure formats a figure with three significant digits, "-" if there is none.
func (r *results) figure(name, input, unit string, by float64) string {
	n, ok := r.figures[[3]string{name, input, unit}]
	switch n /= by; {
	case !ok || by == 0:
		return "-"
	case n >= 100 || n == math.Trunc(n):
		return strconv.FormatFloat(n, 'f', 0, 64)
	case n >= 10:
		return strconv.FormatFloat(n, 'f', 1, 64)
	default:
		return strconv.FormatFloat(n, 'f', 2, 64)
	}
}
