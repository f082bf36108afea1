package main

import (
	"strconv"
	"time"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// The user of the container. It owns the folder of data and nothing else.
const (
	userName = "otelcol-cowork"
	userID   = 10001
	dataPath = "/var/lib/otelcol-cowork"
)

// environment makes the default configuration usable in a container: it listens on all
// addresses of the container, and writes to the folder of data only. Unredacted telemetry
// must not leave it.
var environment = []string{
	"COWORK_DATA=" + dataPath,
	"COWORK_HEALTH=0.0.0.0:13133",
	"COWORK_OTLP_GRPC=0.0.0.0:4317",
	"COWORK_OTLP_HTTP=0.0.0.0:4318",
	"COWORK_PAGE=0.0.0.0:4320",
	"COWORK_REQUIRE_REDACTION=true",
}

// ports are those of OTLP, of the page and of the health check.
var ports = []string{"4317/tcp", "4318/tcp", "4320/tcp", "13133/tcp"}

// A release is what differs between two builds of the image.
type release struct {
	version  string
	revision string    // the commit, or empty
	created  time.Time // of the commit; all files of the image have this time
}

func (r release) labels() map[string]string {
	labels := map[string]string{
		"org.opencontainers.image.title":       "otelcol-cowork",
		"org.opencontainers.image.description": "OpenTelemetry Collector for Claude Cowork",
		"org.opencontainers.image.licenses":    "Apache-2.0",
		"org.opencontainers.image.version":     r.version,
		"org.opencontainers.image.created":     r.created.Format(time.RFC3339),
	}
	if r.revision != "" {
		labels["org.opencontainers.image.revision"] = r.revision
	}
	return labels
}

// config returns how a container of the image runs.
func (r release) config() ocispec.ImageConfig {
	exposed := map[string]struct{}{}
	for _, port := range ports {
		exposed[port] = struct{}{}
	}
	id := strconv.Itoa(userID)
	return ocispec.ImageConfig{
		User:         id + ":" + id,
		ExposedPorts: exposed,
		Env:          environment,
		Entrypoint:   []string{"/otelcol-cowork"},
		Volumes:      map[string]struct{}{dataPath: {}},
		WorkingDir:   dataPath,
		Labels:       r.labels(),
		StopSignal:   "SIGTERM",
	}
}
