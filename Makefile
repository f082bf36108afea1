# make             what CI runs: check
# make run         build and start the collector on distro/config.yaml
# make demo        build, start, fill thirty days with a made-up team, and open the page; Ctrl-C ends it
# make test        all tests, with the race detector
# make build       bin/otelcol-cowork and bin/coworkctl
# make check       format, vet, lint, generated code, layering, tests
# make screenshots pictures of the page for the README, in distro/screenshots; wants Debian's chromium
# make quality     how much is found of what is labelled; MISSES=1 lists what is not, TYPE=phone of one type, TEXT=1 with its text
# make bench       the benchmarks, then make speed
# make speed       how fast redaction is, compared with others
# make ways        how many files and functions a record passes through; VERBOSE=1 lists them
# make fuzz        every fuzz target, FUZZTIME each
# make generate    write what programs write: ocb, mdatagen, schema and formats pages, dashboards

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c

VERSION  := $(shell sed -n 's/^  version: //p' builder-config.yaml)
LDFLAGS  := -s -w
FUZZTIME ?= 30s
GO       ?= go

# The linter is built once, into the checkout: it takes minutes.
LINTER         := .bin/golangci-lint
LINTER_VERSION := v2.15.0

# What people write. ocb and mdatagen write the rest, in their own style.
SOURCES := git ls-files --cached --others --exclude-standard '*.go' | grep -v -e '^distro/otelcol-cowork/[cm]' -e '/generated_'

.PHONY: all run demo build test check static format vet lint staticcheck generated layers quality screenshots bench speed ways fuzz generate clean

all: check

run: build
	bin/otelcol-cowork --config distro/config.yaml

demo: build
	@distro/demo.sh

build:
	mkdir -p bin
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/ ./distro/otelcol-cowork ./distro/coworkctl

# Allocations are counted without the race detector, which adds its own.
test:
	$(GO) test -run Alloc ./internal/... ./processor/...
	$(GO) test -race -shuffle=on ./...

check: static test

# All of check but the tests.
static: format vet lint generated layers

format:
	@bad=$$($(SOURCES) | xargs $(GO) tool gofumpt -l); \
	if [ -n "$$bad" ]; then echo "not formatted (go tool gofumpt -w):"; echo "$$bad"; exit 1; fi

vet:
	$(GO) vet ./...

lint: $(LINTER)
	$(LINTER) run ./...

# A quicker look than lint, with what is in go.mod already.
staticcheck:
	$(GO) tool staticcheck ./...

$(LINTER):
	GOBIN=$(CURDIR)/.bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINTER_VERSION)

# Generating again must change nothing.
generated:
	@before=$$(git status --porcelain; git diff | sha256sum); \
	$(MAKE) --no-print-directory generate >/dev/null; \
	after=$$(git status --porcelain; git diff | sha256sum); \
	if [ "$$before" != "$$after" ]; then echo "generated files are not up to date (make generate):"; git status --short; exit 1; fi

layers:
	$(GO) test ./internal/importtest

quality:
	@$(GO) run ./distro/quality $(if $(MISSES),-misses) $(if $(TEXT),-text) $(if $(TYPE),-type $(TYPE))

screenshots:
	$(GO) test ./distro/e2e -run TestScreenshots -update

bench:
	$(GO) test -run '^$$' -bench . -skip '^BenchmarkSpeed$$' -benchmem ./internal/... ./processor/... ./distro/...
	$(MAKE) --no-print-directory speed

# This redaction beside others, on the same texts in one run.
speed:
	@$(GO) test -run '^$$' -bench '^BenchmarkSpeed$$' ./distro | $(GO) run ./distro/speedtable

# The coverage of a test with one record, less that without it.
ways:
	@$(GO) run ./distro/ways $(if $(VERBOSE),-v)

fuzz:
	@$(GO) list -f '{{.Dir}}' ./... | while read -r dir; do \
		for target in $$(grep -hoE '^func Fuzz\w+' "$$dir"/*_test.go 2>/dev/null | sed 's/func //'); do \
			echo "== $$target in $${dir#$(CURDIR)/}"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$dir"; \
		done; \
	done

generate:
	$(GO) tool builder --skip-get-modules --skip-compilation --config builder-config.yaml
	$(GO) generate ./...
	$(GO) test ./internal/cowork -run TestSchemaPage -update
	$(GO) test ./internal/alert -run TestBuiltinPage -update
	$(GO) test ./internal/pii -run TestFormatsPage -update
	$(GO) test ./distro/grafana -update

clean:
	rm -rf bin
