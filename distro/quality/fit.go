package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/distro/quality/scoring"
	"github.com/cowork-otel/collector/internal/pii"
)

// weightsFile has the weights of the features of secrets, from the repository's root.
const weightsFile = "internal/pii/internal/secret/weights.tsv"

// A sample is a value that was judged in a corpus: its features, and whether it is a secret.
type sample struct {
	features []int
	secret   bool
	source   string
}

// A fitting is a logistic regression of the weights, which keeps them near those that they
// started from where there are few samples.
type fitting struct {
	names  []string
	index  map[string]int
	start  []float64
	weight []float64
}

// The parameters of the regression.
const (
	pull   = 1.0  // of the starting weights
	step   = 0.3  // of the gradient descent
	rounds = 3000 // of it
	folds  = 5    // of the cross-validation
)

// runFit fits the weights to all corpora and to the cases of the files, and writes them.
// It prints how well they judge samples of sources that they were not fitted to.
func runFit(out io.Writer, root string, files []string) error {
	f, err := readFitting(filepath.Join(root, weightsFile))
	if err != nil {
		return err
	}
	samples, err := f.samples(root, files)
	if err != nil {
		return err
	}
	right, wrong, missed := 0, 0, 0
	for fold := range folds {
		var train, test []sample
		for _, s := range samples {
			if foldOf(s.source) == fold {
				test = append(test, s)
			} else {
				train = append(train, s)
			}
		}
		w := f.fit(train)
		for _, s := range test {
			switch accepted := score(w, s) >= 0; {
			case accepted && s.secret:
				right++
			case accepted:
				wrong++
			case s.secret:
				missed++
			}
		}
	}
	fmt.Fprintf(out, "%d values judged; of sources that the weights were not fitted to: precision %.1f %%, recall %.1f %%\n",
		len(samples), 100*float64(right)/float64(right+wrong), 100*float64(right)/float64(right+missed))
	f.weight = f.fit(samples)
	return f.writeWeights(filepath.Join(root, weightsFile))
}

// foldOf returns the fold of a source.
func foldOf(source string) int {
	sum := uint32(2166136261)
	for _, c := range []byte(source) {
		sum = (sum ^ uint32(c)) * 16777619
	}
	return int(sum>>8) % folds
}

func readFitting(file string) (*fitting, error) {
	in, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	f := &fitting{index: map[string]int{}}
	for _, line := range strings.Split(strings.TrimSpace(string(in)), "\n")[1:] {
		row := strings.Split(line, "\t")
		start, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", file, line, err)
		}
		f.index[row[0]] = len(f.names)
		f.names, f.start = append(f.names, row[0]), append(f.start, start)
	}
	return f, nil
}

func (f *fitting) writeWeights(file string) error {
	var b strings.Builder
	b.WriteString("feature\tstart\tweight\n")
	for i, name := range f.names {
		fmt.Fprintf(&b, "%s\t%g\t%.2f\n", name, f.start[i], f.weight[i])
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// samples returns the values that are judged in the corpora and in files of cases.
func (f *fitting) samples(root string, files []string) (all []sample, err error) {
	s, err := pii.New(pii.Settings{})
	if err != nil {
		return nil, err
	}
	for _, c := range corpora {
		records, err := c.loadRecords(root)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			all = append(all, f.judged(s, r, plainKey)...)
		}
	}
	tests, err := filepath.Glob(filepath.Join(root, "internal/pii/testdata/*.txt"))
	if err != nil {
		return nil, err
	}
	for _, file := range append(tests, files...) {
		read := readCases
		if filepath.Ext(file) == ".txt" {
			read = readTests
		}
		records, err := read(file)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			all = append(all, f.judged(s, r, plainKey)...)
		}
	}
	return all, nil
}

// judged returns the values that are judged in a record.
func (f *fitting) judged(s *pii.Scanner, r scoring.Record, key string) (all []sample) {
	var secrets, ignored []string
	for _, v := range r.Spans {
		secrets = append(secrets, unescape(r.Text[v.Start:v.End]))
	}
	for _, v := range r.Ignore {
		ignored = append(ignored, unescape(r.Text[v.Start:v.End]))
	}
	if r.Evasion() {
		return nil
	}
	s.Explain(key, r.Text, func(value string, d pii.Decision) {
		if d.Refused != "" || overlaps(value, ignored) {
			return
		}
		one := sample{secret: overlaps(value, secrets), source: r.Source}
		if !one.secret && r.Partial {
			return
		}
		for _, w := range d.Weights {
			one.features = append(one.features, f.index[w.Name])
		}
		all = append(all, one)
	})
	return all
}

// overlaps reports whether a value contains one of others, or is most of one.
func overlaps(value string, others []string) bool {
	for _, other := range others {
		if strings.Contains(value, other) || strings.Contains(other, value) && 2*len(value) >= len(other) {
			return true
		}
	}
	return false
}

// unescape removes the escapes of JSON, where a value is from JSON.
func unescape(value string) string {
	var plain string
	if json.Unmarshal([]byte(`"`+value+`"`), &plain) == nil {
		return plain
	}
	return value
}

// readCases reads a file of cases: records with the sensitive values themselves.
func readCases(file string) (records []scoring.Record, err error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c struct {
			ID, Source, Text string
			Sensitive        []string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		r := scoring.Record{ID: c.ID, Text: c.Text, Source: c.Source}
		for _, value := range c.Sensitive {
			escaped, _ := json.Marshal(value)
			for _, form := range []string{value, string(escaped[1 : len(escaped)-1])} {
				if n := strings.Index(c.Text, form); n >= 0 {
					r.Spans = append(r.Spans, scoring.Span{Start: n, End: n + len(form)})
					break
				}
			}
		}
		records = append(records, r)
	}
	return records, lines.Err()
}

// readTests reads a file of tests: lines with the values between « and ».
func readTests(file string) (records []scoring.Record, err error) {
	in, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	for n, line := range strings.Split(string(in), "\n") {
		r := scoring.Record{ID: fmt.Sprintf("%s:%d", file, n+1), Source: fmt.Sprintf("%s:%d", file, n/20)}
		for {
			before, value, found := strings.Cut(line, "«")
			value, line, _ = strings.Cut(value, "»")
			r.Text += before
			if !found {
				break
			}
			r.Spans = append(r.Spans, scoring.Span{Start: len(r.Text), End: len(r.Text) + len(value)})
			r.Text += value
		}
		if !strings.HasPrefix(line, "#") && r.Text != "" {
			records = append(records, r)
		}
	}
	return records, nil
}

func score(w []float64, s sample) (sum float64) {
	for _, i := range s.features {
		sum += w[i]
	}
	return sum
}

// fit returns the weights that maximise the likelihood of the samples, by gradient descent.
func (f *fitting) fit(samples []sample) []float64 {
	w := append([]float64{}, f.start...)
	gradient := make([]float64, len(w))
	square := make([]float64, len(w))
	for range rounds {
		for i := range w {
			gradient[i] = pull * (w[i] - f.start[i])
		}
		for _, s := range samples {
			miss := 1 / (1 + math.Exp(-score(w, s)))
			if s.secret {
				miss--
			}
			for _, i := range s.features {
				gradient[i] += miss
			}
		}
		for i := range w {
			square[i] = 0.99*square[i] + 0.01*gradient[i]*gradient[i]
			w[i] -= step * 0.1 * gradient[i] / (math.Sqrt(square[i]) + 1e-3)
		}
	}
	return w
}
