// Quality prints how well the cowork_redaction processor finds what is labelled
// in the corpora: the project's own, and the one that developers may have beside the
// repository.
//
//	go run ./distro/quality -misses -type phone
//
// Texts go through the processor itself, as log records, with its default
// configuration. The rules of scoring are those of package scoring.
package main
