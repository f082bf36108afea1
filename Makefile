# make             runs check, as CI does
# make run         build, and start the collector with distro/config.yaml
# make demo        build, start, load 30 days of synthetic data, and open the page; Ctrl-C stops it
# make test        run all tests, most with the race detector
# make build       build bin/otelcol-cowork and bin/coworkctl
# make check       check format, vet, lint, generated files and layers, then test
# make screenshots take the screenshots in distro/screenshots; needs Debian's chromium
# make quality     measure detection on labelled text; MISSES=1 lists misses, TYPE=phone of one type, TEXT=1 with their text
# make fit         fit the weights of secrets to the labelled text; CASES="FILE …" adds files of cases
# make bench       run all benchmarks, then make speed
# make speed       compare the speed of redaction with other scanners
# make peers       build VictoriaLogs for the tests of real peers
# make proof       run the built collector under load and faults, and write docs/proof.md
# make package     write the files of a release to dist/, for TARGETS, such as linux/amd64
# make image       write the container image to dist/image, without an engine, for the linux of TARGETS: an OCI layout, and archives for the Dockerfile
# make charts      render the chart and the manifests of Kubernetes, check them as an API server does, and write the results
# make extend      build a distribution with another component outside this clone, and run it
# make vulnerabilities  check linked modules and Go against the vulnerability database; loads it once
# make fuzz        run every fuzz target for FUZZTIME
# make generate    write all generated files: ocb, mdatagen, schema, rules and formats pages, dashboards

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c

VERSION  := $(shell sed -n 's/^  version: //p' builder-config.yaml)
LDFLAGS  := -s -w -X main.version=$(VERSION)
FUZZTIME ?= 30s
GO       ?= go

# The prometheus receiver finds its targets by file, http, dns and kubernetes. Clients of 20 clouds would add 21 MB and minutes to the build.
# All commands have the same flags: with others, Go compiles the stock components again, which takes 6 minutes.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath -tags=remove_all_sd,enable_dns_sd,enable_kubernetes_sd)
export CGO_ENABLED := 0

# The linter is built once into the checkout, since that takes minutes.
LINTER         := .bin/golangci-lint
LINTER_VERSION := v2.15.0

GOVULNCHECK    := .bin/govulncheck
VULNDB_VERSION := v0.0.0-20261105234957-e22db6528018
# The toolchain that released binaries are built with.
TOOLCHAIN      := $(shell sed -n 's/^toolchain //p' go.mod)

# Hand-written files. ocb and mdatagen write the others in their own style.
SOURCES := git ls-files --cached --others --exclude-standard '*.go' | grep -v -e '^distro/otelcol-cowork/[cm]' -e '/generated_'

.PHONY: all run demo build package image charts test check static format vet lint staticcheck vulnerabilities generated layers quality fit screenshots bench speed ways peers proof extend fuzz generate clean

all: check

run: build
	bin/otelcol-cowork --config distro/config.yaml

demo: build
	@distro/demo.sh

build:
	mkdir -p bin
	$(GO) build -ldflags '$(LDFLAGS)' -o bin/ ./distro/otelcol-cowork ./distro/coworkctl

# A release is built with the toolchain of go.mod, for all targets unless TARGETS lists some.
# The same commit gives the same bytes. Each target takes minutes when it is built first.
# FIPS=false leaves out the variant for FIPS 140-3.
package:
	RELEASE_TOOLCHAIN=$(TOOLCHAIN) $(GO) run ./distro/packaging/release $(if $(TARGETS),-targets $(TARGETS)) $(if $(FIPS),-fips=$(FIPS))
	$(if $(IMAGE_ARCHITECTURES),$(MAKE) --no-print-directory image)

# The architectures of linux among TARGETS.
comma := ,
IMAGE_ARCHITECTURES := $(if $(TARGETS),$(patsubst linux/%,%,$(filter linux/%,$(subst $(comma), ,$(TARGETS)))),amd64 arm64)

# The same commit gives the same bytes: all files have its time. After make package, the binaries are there.
image:
	for arch in $(IMAGE_ARCHITECTURES); do \
		GOTOOLCHAIN=$(TOOLCHAIN) CGO_ENABLED=0 GOOS=linux GOARCH=$$arch $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o dist/build/linux_$$arch/ ./distro/otelcol-cowork ./distro/coworkctl; \
	done
	$(GO) run ./distro/packaging/image -binaries dist/build -out dist/image -version $(VERSION) \
		-revision "$$(git rev-parse HEAD)" -epoch "$$(git log -1 --format=%ct)" $(IMAGE_ARCHITECTURES)

# A module of its own: Helm, Kustomize and the API server take minutes to compile. The collector's
# tests check that what it has rendered is current.
charts:
	for folder in kubernetes/base/config helm/otelcol-cowork/files; do \
		cp distro/examples/scale-ingest.yaml distro/examples/scale-correlate.yaml distro/packaging/$$folder/; \
	done
	cd distro/packaging/charttest && GOFLAGS=-trimpath CGO_ENABLED=0 $(GO) test . -count=1 -update

# The race detector makes tests take up to ten times as long, so it is for what has goroutines of its
# own. Without it run tests of allocations, since it allocates itself; thousands of events through code
# that the stories race; and packages that start the built collector, which has none, or import all stock
# components, which take 10 minutes to compile with it. It needs cgo. It leaves out SQLite, which is C
# translated to Go: go test -race of one package needs no flag for that, but then takes longer.
MANY_EVENTS  := TestBehaviours|TestHeldOut|TestDisguisedHeldOut|TestHarmlessPaths|TestGuardsOfBuiltinRules|TestSigmaRules|TestOddValues
WITHOUT_RACE := ./distro/otelcol-cowork ./distro/e2e ./distro/proof
test:
	$(GO) test -run 'Alloc|^($(MANY_EVENTS))$$' $$(grep -rlE --include='*_test.go' 'func (Test\w*Alloc|($(MANY_EVENTS))\()' . | xargs -n 1 dirname | sort -u)
	$(GO) test -shuffle=on -timeout 30m $(WITHOUT_RACE)
	CGO_ENABLED=1 $(GO) test -race -gcflags='modernc.org/...=-race=false -d=checkptr=0' -shuffle=on -skip '^($(MANY_EVENTS))$$' -timeout 30m $$($(GO) list ./... | grep -v -x -F "$$($(GO) list $(WITHOUT_RACE))")

check: static test

# All checks without the tests.
static: format vet lint generated layers vulnerabilities

format:
	@bad=$$($(SOURCES) | xargs $(GO) tool gofumpt -l); \
	if [ -n "$$bad" ]; then echo "not formatted (go tool gofumpt -w):"; echo "$$bad"; exit 1; fi

vet:
	$(GO) vet ./...

lint: $(LINTER)
	$(LINTER) run ./...

# Faster than lint, and without a tool that must be built first.
staticcheck:
	$(GO) tool staticcheck ./...

$(LINTER):
	GOBIN=$(CURDIR)/.bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINTER_VERSION)

# Fails if a linked package, or the standard library of the toolchain in go.mod, has a known
# vulnerability. Whether its function is reachable is not considered: that analysis takes 12 GB.
# The database is a module, so that a check has the same result each time: raise its version.
vulnerabilities: $(GOVULNCHECK)
	@db=$$($(GO) mod download -json golang.org/x/vulndb@$(VULNDB_VERSION) | sed -n 's/^\t"Dir": "\(.*\)",$$/\1/p'); \
	GOTOOLCHAIN=$(TOOLCHAIN) $(GOVULNCHECK) -db "file://$$db/data/osv" -scan package ./distro/otelcol-cowork ./distro/coworkctl

$(GOVULNCHECK):
	GOBIN=$(CURDIR)/.bin $(GO) install golang.org/x/vuln/cmd/govulncheck@v1.9.0

# Peers of tests that Debian has no package of. Without them their tests skip.
peers:
	GOBIN=$(CURDIR)/.bin CGO_ENABLED=0 $(GO) install -trimpath github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs@v1.52.1

# Fails if generating changes a file.
generated:
	@before=$$(git status --porcelain; git diff | sha256sum); \
	$(MAKE) --no-print-directory generate >/dev/null; \
	after=$$(git status --porcelain; git diff | sha256sum); \
	if [ "$$before" != "$$after" ]; then echo "generated files are not up to date (make generate):"; git status --short; exit 1; fi

layers:
	$(GO) test ./internal/importtest

quality:
	@$(GO) run ./distro/quality $(if $(MISSES),-misses) $(if $(TEXT),-text) $(if $(TYPE),-type $(TYPE))

fit:
	@$(GO) run ./distro/quality -fit $(CASES)

screenshots:
	$(GO) test ./distro/e2e -run TestScreenshots -update

bench:
	$(GO) test -run '^$$' -bench . -skip '^BenchmarkSpeed$$' -benchmem ./internal/... ./processor/... ./distro/...
	$(MAKE) --no-print-directory speed

# Compares scanners on the same texts in one run.
speed:
	@$(GO) test -run '^$$' -bench '^BenchmarkSpeed$$' ./distro | $(GO) run ./distro/speedtable

# The coverage of a test with one record, less that without it.
ways:
	@$(GO) run ./distro/ways $(if $(VERBOSE),-v)

# Several minutes for each program.
proof: build
	$(GO) run ./distro/proof -write docs/proof.md

extend:
	COWORK_EXTEND=1 $(GO) test ./distro/extending -run TestDistribution -count=1 -timeout 30m -v

fuzz:
	@$(GO) list -f '{{.Dir}}' ./... | while read -r dir; do \
		for target in $$(grep -hoE '^func Fuzz\w+' "$$dir"/*_test.go 2>/dev/null | sed 's/func //'); do \
			echo "== $$target in $${dir#$(CURDIR)/}"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$dir"; \
		done; \
	done

generate:
	$(GO) tool builder --skip-get-modules --skip-compilation --config builder-config.yaml
	$(GO) run ./distro/lifecycle/install distro/otelcol-cowork
	$(GO) run ./distro/licences
	$(GO) generate ./...
	$(GO) test ./internal/cowork -run TestSchemaPage -update
	$(GO) test ./internal/alert -run TestBuiltinPage -update
	$(GO) test ./distro -run TestSigmaPipelines -update
	$(GO) test ./connector/coworkrulesconnector -run TestKindsInReadme -update
	$(GO) test ./internal/pii/internal/token -run TestFormatsPage -update
	$(GO) test ./distro/grafana -update

clean:
	rm -rf bin dist
