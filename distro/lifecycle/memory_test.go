package lifecycle

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
)

// A changing is a provider whose value a test changes.
type changing struct{ value *string }

func (c changing) Retrieve(context.Context, string, confmap.WatcherFunc) (*confmap.Retrieved, error) {
	return confmap.NewRetrieved(*c.value)
}
func (changing) Scheme() string                 { return "changing" }
func (changing) Shutdown(context.Context) error { return nil }

// TestMemory reads a configuration that started, and one that does not.
func TestMemory(t *testing.T) {
	value := "first"
	m := &memory{}
	p := m.factory(confmap.NewProviderFactory(func(confmap.ProviderSettings) confmap.Provider { return changing{&value} })).Create(confmap.ProviderSettings{})
	check := func(want string) {
		t.Helper()
		r, err := p.Retrieve(t.Context(), "changing:", nil)
		require.NoError(t, err)
		got, err := r.AsRaw()
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.False(t, m.replay(), "nothing started yet")
	check("first")
	m.keep()
	m.retrieve()
	value = "does not start"
	check("does not start")
	require.True(t, m.replay())
	check("first")
	m.keep()
	require.False(t, m.replay(), "it is in use")
	m.retrieve()
	value = "third"
	check("third")
	m.keep()
	m.retrieve()
	value = "does not start"
	check("does not start")
	require.True(t, m.replay())
	check("third")
}
