package main

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"
)

// weightsFile has the weights of the features of secrets, from the repository's root.
const weightsFile = "internal/pii/internal/secret/weights.tsv"

// folds is the number of parts of the cross-validation.
const folds = 5

// runFit fits the weights to all corpora, to the tests of the patterns and to the files of
// cases, and writes them. It prints what the samples are from, and how well weights judge the
// samples of sources that they were not fitted to.
func runFit(out io.Writer, root string, files []string) error {
	file := filepath.Join(root, weightsFile)
	table, err := readWeights(file)
	if err != nil {
		return err
	}
	samples, err := readSamples(out, root, files, table)
	if err != nil {
		return err
	}
	if err := writeValidation(out, crossValidate(table.start, samples)); err != nil {
		return err
	}
	table.weight = fitWeights(table.start, samples)
	return table.writeTo(file)
}

// An outcome counts the decisions about the samples of a fold.
type outcome struct {
	samples              int
	right, wrong, missed int // accepted secrets, accepted others, rejected secrets
}

// crossValidate returns the outcome of each fold, judged by weights that were fitted to the
// samples of the others. All samples of a source are in one fold.
func crossValidate(start []float64, samples []sample) (outcomes [folds]outcome) {
	for fold := range outcomes {
		var train, test []sample
		for _, s := range samples {
			if foldOf(s.source) == fold {
				test = append(test, s)
			} else {
				train = append(train, s)
			}
		}
		outcomes[fold] = judge(fitWeights(start, train), test)
	}
	return outcomes
}

// judge counts the decisions that weights make about samples.
func judge(weights []float64, samples []sample) (o outcome) {
	o.samples = len(samples)
	for _, s := range samples {
		switch accepted := s.score(weights) >= 0; {
		case accepted && s.secret:
			o.right++
		case accepted:
			o.wrong++
		case s.secret:
			o.missed++
		}
	}
	return o
}

// foldOf returns the fold of a source: its FNV-1a hash, which is the same in each run.
func foldOf(source string) int {
	sum := uint32(2166136261)
	for _, c := range []byte(source) {
		sum = (sum ^ uint32(c)) * 16777619
	}
	return int(sum>>8) % folds
}

// writeValidation prints precision and recall of each fold and of all.
func writeValidation(out io.Writer, outcomes [folds]outcome) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "fold\tvalues\tsecrets\tprecision\trecall\t")
	var all outcome
	for fold, o := range outcomes {
		o.writeRow(w, fmt.Sprint(fold+1))
		all.samples += o.samples
		all.right += o.right
		all.wrong += o.wrong
		all.missed += o.missed
	}
	all.writeRow(w, "all")
	return w.Flush()
}

func (o outcome) writeRow(w io.Writer, name string) {
	fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t\n", name, o.samples, o.right+o.missed, percent(o.right, o.right+o.wrong), percent(o.right, o.right+o.missed))
}

// percent returns a share, "-" of nothing.
func percent(part, total int) string {
	if total == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(total))
}
