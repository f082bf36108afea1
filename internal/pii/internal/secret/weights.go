package secret

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// weightTable is what each feature adds to the score of a value: the feature, the weight
// that the fit started from, and the fitted weight. A value whose score is not negative is
// a secret. make fit writes the last column.
//
//go:embed weights.tsv
var weightTable string

var weights = readWeights(weightTable)

// readWeights reads the table. It panics if the table and the features differ.
func readWeights(table string) (all [featureCount]float32) {
	index := map[string]feature{}
	for i, name := range featureNames {
		index[name] = feature(i)
	}
	lines := strings.Split(strings.TrimSpace(table), "\n")[1:]
	for _, line := range lines {
		row := strings.Split(line, "\t")
		i, known := index[row[0]]
		value, err := strconv.ParseFloat(row[len(row)-1], 32)
		if !known || err != nil {
			panic(fmt.Sprintf("secret: weights.tsv: %q: unknown feature or bad weight", row[0]))
		}
		all[i] = float32(value)
	}
	return all
}
