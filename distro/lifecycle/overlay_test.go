package lifecycle

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"
	"go.opentelemetry.io/collector/otelcol"
)

// defaultProvider serves a default configuration.
type defaultProvider struct{ confmap.Provider }

func (defaultProvider) Retrieve(context.Context, string, confmap.WatcherFunc) (*confmap.Retrieved, error) {
	return confmap.NewRetrieved(map[string]any{"receivers": map[string]any{"otlp": nil}})
}
func (defaultProvider) Scheme() string                 { return "default" }
func (defaultProvider) Shutdown(context.Context) error { return nil }

// overlaySettings are those of a collector that reads yaml: and default:.
func overlaySettings() (set otelcol.CollectorSettings) {
	set.ConfigProviderSettings.ResolverSettings.ProviderFactories = []confmap.ProviderFactory{
		envprovider.NewFactory(), yamlprovider.NewFactory(),
		confmap.NewProviderFactory(func(confmap.ProviderSettings) confmap.Provider { return defaultProvider{} }),
	}
	return set
}

// TestOverlay checks which configurations are merged into the default one, that this is
// printed, and that the validation of a reload has the same locations.
func TestOverlay(t *testing.T) {
	for _, tt := range []struct {
		name    string
		args    []string
		want    []string // the locations
		overlay bool
	}{
		{"without receivers", []string{"--config", "yaml:exporters: {}"}, []string{"default:", "yaml:exporters: {}"}, true},
		{"two of them", []string{"--config=yaml:a: 1", "--config=yaml:b: 1"}, []string{"default:", "yaml:a: 1", "yaml:b: 1"}, true},
		{"only --set", []string{"--set", "a=1"}, []string{"default:", "yaml:a: 1"}, true},
		{"without pipelines", []string{"--config", "yaml:receivers: {otlp: }"}, []string{"default:", "yaml:receivers: {otlp: }"}, true},
		{"complete", []string{"--config=yaml:{receivers: {otlp: }, service: {pipelines: {}}}"}, []string{"yaml:{receivers: {otlp: }, service: {pipelines: {}}}"}, false},
		{"complete in two files", []string{"--config=yaml:service: {pipelines: {}}", "--config=yaml:receivers: {otlp: }"}, []string{"yaml:service: {pipelines: {}}", "yaml:receivers: {otlp: }"}, false},
		{"empty sections", []string{"--config=yaml:{receivers: , service: {pipelines: }}"}, []string{"yaml:{receivers: , service: {pipelines: }}"}, false},
		{"with the default", []string{"--config=default:", "--config=yaml:a: 1"}, []string{"default:", "yaml:a: 1"}, false},
		{"unreadable", []string{"--config=none:x"}, []string{"none:x"}, false},
		{"nothing", nil, nil, false},
	} {
		cmd := &cobra.Command{Use: "x"}
		cmd.Flags().StringArray("config", nil, "")
		cmd.Flags().StringArray("set", nil, "")
		l := newLocation(cmd)
		var printed bytes.Buffer
		cmd.SetErr(&printed)
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			l.addDefault(cmd, overlaySettings())
			return nil
		}
		cmd.SetArgs(tt.args)
		require.NoError(t, cmd.ExecuteContext(t.Context()), tt.name)
		require.Equal(t, tt.want, l.uris(), tt.name)
		require.Equal(t, tt.overlay, strings.Contains(printed.String(), "is an overlay: it is merged into the default one"), tt.name)
		if tt.overlay {
			require.Equal(t, append([]string{"--config=default:"}, tt.args...), l.args(tt.args), tt.name)
		} else {
			require.Equal(t, tt.args, l.args(tt.args), tt.name)
		}
	}
}
