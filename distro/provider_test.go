package distro

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
)

func TestProvider(t *testing.T) {
	p := NewFactory().Create(confmap.ProviderSettings{})
	require.Equal(t, "default", p.Scheme())
	retrieved, err := p.Retrieve(t.Context(), "default:", nil)
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	require.True(t, conf.IsSet("service::pipelines::logs"))

	_, err = p.Retrieve(t.Context(), "default:other", nil)
	require.ErrorContains(t, err, `"default:other": there is one default configuration (want "default:")`)
	require.NoError(t, p.Shutdown(t.Context()))
}
