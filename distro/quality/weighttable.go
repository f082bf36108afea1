package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// weightsHead names the columns of the file of weights.
const weightsHead = "feature\tstart\tweight"

// A weightTable has the features, the weight that each starts from, and the fitted one.
type weightTable struct {
	names         []string
	index         map[string]int // of a name
	start, weight []float64
}

// readWeights reads a file of weights.
func readWeights(file string) (*weightTable, error) {
	in, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(in), "\n"), "\n")
	if lines[0] != weightsHead {
		return nil, fmt.Errorf("%s: has the heading %q (would be %q)", file, lines[0], weightsHead)
	}
	t := &weightTable{index: map[string]int{}}
	for n, line := range lines[1:] {
		if err := t.addRow(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n+2, err)
		}
	}
	return t, nil
}

// addRow adds a line of the file.
func (t *weightTable) addRow(line string) error {
	row := strings.Split(line, "\t")
	if len(row) != 3 {
		return fmt.Errorf("has %d columns (would be 3)", len(row))
	}
	if _, found := t.index[row[0]]; found {
		return fmt.Errorf("feature %q is listed twice", row[0])
	}
	var values [2]float64
	for i := range values {
		value, err := strconv.ParseFloat(row[i+1], 64)
		if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
			return fmt.Errorf("feature %q: %q is no weight", row[0], row[i+1])
		}
		values[i] = value
	}
	t.index[row[0]] = len(t.names)
	t.names = append(t.names, row[0])
	t.start, t.weight = append(t.start, values[0]), append(t.weight, values[1])
	return nil
}

// writeTo writes the table as a file, in the order in which it was read.
func (t *weightTable) writeTo(file string) error {
	var b strings.Builder
	b.WriteString(weightsHead + "\n")
	for i, name := range t.names {
		if math.IsNaN(t.weight[i]) || math.IsInf(t.weight[i], 0) {
			return errors.New("fit: feature " + strconv.Quote(name) + ": the weight is not finite")
		}
		fmt.Fprintf(&b, "%s\t%s\t%.2f\n", name, strconv.FormatFloat(t.start[i], 'f', -1, 64), t.weight[i])
	}
	return os.WriteFile(file, []byte(b.String()), 0o600)
}
