// Quality measures how well the cowork_redaction processor finds the values that are
// labelled in the corpora: the one of the repository, and two more that are read from
// ../shared/corpus if they are there.
//
//	go run ./distro/quality -misses -type phone
//
// It sends the texts through the processor, as log records, with its default
// configuration. Package scoring defines the figures.
package main
