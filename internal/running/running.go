// Package running holds facts about the configuration that runs: where receivers of logs
// listen, and which exporters receive redacted records only. The setup check of the page
// shows them.
//
// The facts are those of the process. All functions are safe for concurrent use.
package running

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// A Server is an address where a receiver accepts logs by OTLP.
type Server struct {
	Receiver  string // its ID, such as otlp
	Transport string // http or grpc
	Address   string // host and port, as configured
	Path      string // in front of /v1/logs, "" for none
	TLS       bool
	Auth      bool
}

var (
	mu       sync.Mutex
	servers  = map[string][]Server{} // by receiver
	redacted = map[string]bool{}     // by exporter
)

// Started records the servers of a receiver that has started.
func Started(receiver string, list []Server) {
	mu.Lock()
	defer mu.Unlock()
	servers[receiver] = list
}

// Stopped removes the servers of a receiver.
func Stopped(receiver string) {
	mu.Lock()
	defer mu.Unlock()
	delete(servers, receiver)
}

// Servers returns all servers, in the order of their receivers and transports.
func Servers() []Server {
	mu.Lock()
	defer mu.Unlock()
	return slices.SortedFunc(slices.Values(slices.Concat(slices.Collect(maps.Values(servers))...)), func(a, b Server) int {
		return cmp.Or(cmp.Compare(a.Receiver, b.Receiver), cmp.Compare(b.Transport, a.Transport))
	})
}

// SetRedacted records which exporters receive records only through redaction.
func SetRedacted(exporters map[string]bool) {
	mu.Lock()
	defer mu.Unlock()
	redacted = maps.Clone(exporters)
}

// Redacted reports whether an exporter, by its ID, receives records only through
// redaction. It is false if that is not known.
func Redacted(exporter string) bool {
	mu.Lock()
	defer mu.Unlock()
	return redacted[exporter]
}
