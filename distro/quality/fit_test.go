package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// The features of the synthetic samples.
const (
	always = iota // of every sample
	good          // of secrets
	bad           // of others
	never         // of none
	featureTotal
)

// syntheticSamples returns samples that the features good and bad separate, from ten sources.
func syntheticSamples() (samples []sample) {
	for i := range 200 {
		s := sample{features: []int{always, bad}, source: fmt.Sprint("source ", i%10)}
		if i%3 == 0 {
			s.features, s.secret = []int{always, good}, true
		}
		samples = append(samples, s)
	}
	return samples
}

// TestFitWeights checks that a fit separates samples, and that weights without samples stay.
func TestFitWeights(t *testing.T) {
	start := make([]float64, featureTotal)
	start[always], start[never] = -1, 0.75
	samples := syntheticSamples()
	require.NotZero(t, judge(start, samples).missed)
	weights := fitWeights(start, samples)
	require.Equal(t, outcome{samples: 200, right: 67}, judge(weights, samples))
	require.Greater(t, weights[good], 1.0)
	require.Less(t, weights[bad], -1.0)
	require.InDelta(t, start[never], weights[never], 1e-9)
	require.Equal(t, weights, fitWeights(start, samples), "the same in each run")
	for i, w := range fitWeights(start, nil) {
		require.InDelta(t, start[i], w, 1e-9)
	}
	few := fitWeights(start, samples[:1])
	require.InDelta(t, start[good], few[good], 1, "one sample moves a weight a little")
}

// TestCrossValidate checks that all samples of a source are in one fold, that each is judged
// once, and that a label which contradicts those of the other sources is judged wrong.
func TestCrossValidate(t *testing.T) {
	samples := syntheticSamples()
	for i := range samples {
		if samples[i].source == "source 3" {
			samples[i].secret = !samples[i].secret
		}
	}
	outcomes := crossValidate(make([]float64, featureTotal), samples)
	var total outcome
	for _, o := range outcomes {
		total.samples += o.samples
		total.right += o.right
		total.wrong += o.wrong
		total.missed += o.missed
	}
	require.Equal(t, outcome{samples: 200, right: 60, wrong: 7, missed: 13}, total)
	require.Equal(t, total.wrong, outcomes[foldOf("source 3")].wrong)
	require.Equal(t, outcomes, crossValidate(make([]float64, featureTotal), samples))
}

func TestWriteValidation(t *testing.T) {
	var b strings.Builder
	require.NoError(t, writeValidation(&b, [folds]outcome{{samples: 10, right: 3, wrong: 1}, {samples: 2}}))
	require.Equal(t, []string{
		"fold values secrets precision recall",
		"1 10 3 75.0 % 100.0 %",
		"2 2 0 - -", "3 0 0 - -", "4 0 0 - -", "5 0 0 - -",
		"all 12 3 75.0 % 100.0 %",
	}, fieldsOfLines(b.String()))
}

func fieldsOfLines(text string) (lines []string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}

// writeFile writes a file in a folder of its own.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// TestWeightTable checks that a table that is read and written is unchanged.
func TestWeightTable(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join("../..", weightsFile))
	require.NoError(t, err)
	for _, in := range []string{string(committed), weightsHead + "\nbias\t-2\t-1.50\nnoun: key\t0.25\t3.00\n"} {
		file := writeFile(t, "weights.tsv", in)
		table, err := readWeights(file)
		require.NoError(t, err)
		require.NoError(t, table.writeTo(file))
		out, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, in, string(out))
	}
}

func TestWeightTableRefuses(t *testing.T) {
	check := func(want, in string) {
		t.Helper()
		_, err := readWeights(writeFile(t, "weights.tsv", in))
		require.ErrorContains(t, err, want)
	}
	check(`has the heading "bias\t1" (would be "feature\tstart\tweight")`, "bias\t1\n")
	check(`weights.tsv:2: has 2 columns (would be 3)`, weightsHead+"\nbias\t1\n")
	check(`weights.tsv:3: feature "bias" is listed twice`, weightsHead+"\nbias\t1\t1\nbias\t1\t2\n")
	check(`weights.tsv:2: feature "bias": "one" is no weight`, weightsHead+"\nbias\tone\t1\n")
	check(`weights.tsv:2: feature "bias": "NaN" is no weight`, weightsHead+"\nbias\t1\tNaN\n")
	_, err := readWeights("none.tsv")
	require.ErrorIs(t, err, os.ErrNotExist)
}

// TestReadCases checks the values of cases, with the escapes of JSON as in their texts.
func TestReadCases(t *testing.T) {
	records, err := parseCases(strings.NewReader(`{"id":"a","source":"s","text":"pw Moss\"pond <1> x","sensitive":["Moss\"pond <1>"]}` + "\n" +
		`{"id":"b","text":"{\"pw\":\"Moss\\\"pond <1>\"}","sensitive":["Moss\"pond <1>"]}` + "\n" + `{"text":"clean"}` + "\n"))
	require.NoError(t, err)
	require.Len(t, records, 3)
	require.Equal(t, []scoring.Span{{Start: 3, End: 16}}, records[0].Spans)
	require.Equal(t, "s", records[0].Source)
	require.Equal(t, []scoring.Span{{Start: 7, End: 21}}, records[1].Spans)
	for _, r := range records[:2] {
		secrets, others := valuesOf(r.Record)
		require.Equal(t, []string{`Moss"pond <1>`}, secrets)
		require.Empty(t, others)
	}
	require.Empty(t, records[2].Spans)
	_, err = parseCases(strings.NewReader("{}\n{"))
	require.ErrorContains(t, err, "line 2: ")
	_, err = parseCases(strings.NewReader(`{"text":"clean","sensitive":["value"]}`))
	require.EqualError(t, err, "line 1: the text has not each of its sensitive values")
}

// TestParseTests checks keys, marks, line ends and comments of the tests of the patterns.
func TestParseTests(t *testing.T) {
	records := parseTests("secret.txt", "# A comment.\n\npin | «48¦21» and «77»\na⏎b «»\n#tag")
	require.Len(t, records, 3)
	require.Equal(t, "pin", records[0].key)
	require.Equal(t, "4821 and 77", records[0].Text)
	require.Equal(t, []scoring.Span{{Start: 0, End: 4, Type: "secret"}, {Start: 9, End: 11, Type: "secret"}}, records[0].Spans)
	require.Equal(t, "a\nb ", records[1].Text)
	require.Equal(t, plainKey, records[2].key)
	require.Equal(t, "#tag", records[2].Text)
}

func TestOverlaps(t *testing.T) {
	check := func(want bool, value string, others ...string) {
		t.Helper()
		require.Equal(t, want, overlaps(value, others))
	}
	check(true, "Mosspond#204", "Mosspond#204")
	check(true, "user:Mosspond#204", "other", "Mosspond#204")
	check(true, "Mosspond", "Mosspond#204")
	check(false, "Moss", "Mosspond#204")
	check(false, "Mosspond#204")
}

// TestRunFit fits to a repository with one corpus and a file of cases. The corpus has secrets
// with names that the starting weights reject.
func TestRunFit(t *testing.T) {
	root := t.TempDir()
	corpus, weights := filepath.Join(root, "internal/pii/testdata/corpus"), filepath.Join(root, weightsFile)
	require.NoError(t, os.MkdirAll(corpus, 0o700))
	require.NoError(t, os.MkdirAll(filepath.Dir(weights), 0o700))
	committed, err := os.ReadFile(filepath.Join("../..", weightsFile))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(weights, committed, 0o600))
	var lines strings.Builder
	for i := range 60 {
		fmt.Fprintf(&lines, `{"id":"set%d-%d","text":"password=«heron%dlatch» x","types":["secret"]}`+"\n", i%7, i, i)
		fmt.Fprintf(&lines, `{"id":"doc%d-%d","text":"mail «a%d@example.com» key: JIRA-%d x","types":["email"]}`+"\n", i%7, i, i, i+100)
	}
	require.NoError(t, os.WriteFile(filepath.Join(corpus, "a.jsonl"), []byte(lines.String()), 0o600))
	cases := writeFile(t, "cases.jsonl", `{"text":"export DB_PASSWORD=Mosspond#204","sensitive":["Mosspond#204"]}`)

	var out strings.Builder
	require.NoError(t, runFit(&out, root, []string{cases, "none.jsonl"}))
	shown := fieldsOfLines(out.String())
	require.Equal(t, []string{
		"own corpus: 120 values in 120 texts", "dev.jsonl: not found", "dev2.jsonl: not found", "tests of the patterns: not found",
		"cases.jsonl: 1 values in 1 texts", "none.jsonl: not found",
	}, shown[:6])
	require.Equal(t, "all 121 61 100.0 % 100.0 %", shown[len(shown)-1])
	fitted, err := readWeights(weights)
	require.NoError(t, err)
	require.Greater(t, fitted.weight[fitted.index["noun: password"]], fitted.weight[fitted.index["noun: key"]])
	require.InDelta(t, fitted.start[fitted.index["link: cookie"]], fitted.weight[fitted.index["link: cookie"]], 0.005, "no sample has this link")

	first, err := os.ReadFile(weights)
	require.NoError(t, err)
	again := strings.Builder{}
	require.NoError(t, runFit(&again, root, []string{cases, "none.jsonl"}))
	second, err := os.ReadFile(weights)
	require.NoError(t, err)
	require.Equal(t, out.String(), again.String())
	require.Equal(t, string(first), string(second), "a fit starts from the column start")

	require.NoError(t, os.WriteFile(weights, []byte(weightsHead+"\nbias\t0\t0\n"), 0o600))
	require.ErrorContains(t, runFit(&out, root, nil), `has no row in internal/pii/internal/secret/weights.tsv`)
}
