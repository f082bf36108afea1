package lifecycle

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/confmap"
)

// A memory stores the configuration of the last collector that started, so that it can be
// used again if the next one does not start. It is safe for concurrent use.
type memory struct {
	mu        sync.Mutex
	good      map[string]*confmap.Retrieved // of the last collector that started, by URI
	fresh     map[string]*confmap.Retrieved // of the current one
	replaying bool
}

// factory returns a factory of providers whose results are stored.
func (m *memory) factory(f confmap.ProviderFactory) confmap.ProviderFactory {
	return confmap.NewProviderFactory(func(set confmap.ProviderSettings) confmap.Provider {
		return rememberingProvider{f.Create(set), m}
	})
}

// keep stores the current configuration as one that started.
func (m *memory) keep() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.replaying {
		m.good = m.fresh
	}
}

// retrieve makes the next collector read its configuration.
func (m *memory) retrieve() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.replaying, m.fresh = false, nil
}

// replay makes the next collector use the last configuration that started. It returns
// false if there is none, or if it is already in use.
func (m *memory) replay() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.replaying || m.good == nil {
		return false
	}
	m.replaying = true
	return true
}

func (m *memory) stored(uri string) *confmap.Retrieved {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.replaying {
		return nil
	}
	return m.good[uri]
}

func (m *memory) store(uri string, r *confmap.Retrieved) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fresh == nil {
		m.fresh = map[string]*confmap.Retrieved{}
	}
	m.fresh[uri] = r
}

type rememberingProvider struct {
	confmap.Provider
	memory *memory
}

// Retrieve returns what the provider returns, or what it returned for the last
// configuration that started.
func (p rememberingProvider) Retrieve(ctx context.Context, uri string, watcher confmap.WatcherFunc) (*confmap.Retrieved, error) {
	if r := p.memory.stored(uri); r != nil {
		return r, nil
	}
	r, err := p.Provider.Retrieve(ctx, uri, watcher)
	if err == nil {
		p.memory.store(uri, r)
	}
	return r, err
}
