// Quality measures how well the cowork_redaction processor finds the values that are
// labelled in the corpora: the one of the repository, and two that are read from
// ../shared/corpus if they are there.
//
//	go run ./distro/quality -misses -type phone
//
// It sends the texts through the processor, as log records, with its default
// configuration. Package scoring defines the figures.
//
// With -fit it fits the weights of the pattern secret instead:
//
//	go run ./distro/quality -fit cases.jsonl
//
// The samples are the values that the pattern judges (pii.Scanner.Explain) in the corpora, in
// the tests of the patterns, and in the files of cases that are arguments. A value is
// labelled as a secret if it overlaps a labelled value. A logistic regression finds the
// weights that explain the labels best, each near the weight that it starts from unless the
// samples require another. The result replaces the last column of
// internal/pii/internal/secret/weights.tsv; the column start is edited by hand.
//
// Before that, it prints a cross-validation: the sources of the texts are divided into folds,
// and the values of each fold are judged by weights that were fitted to the other folds. Its
// precision and recall are of the decisions only: a value that no link leads to is not counted
// as missed. The output is the same in each run on the same files.
//
// A file of cases has a JSON object a line: {"text": "…", "source": "…", "sensitive": ["…"]}.
package main
