package rawcheck

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
)

const (
	rawConfig      = "service: {pipelines: {logs: {receivers: [otlp], exporters: [otlp_http]}}}"
	redactedConfig = "service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_event, cowork_redaction], exporters: [otlp_http]}}}"
	problem        = "service::pipelines::logs: without redaction, telemetry of receivers::otlp reaches exporters::otlp_http (add cowork_event and cowork_redaction to the processors)"
)

// TestConverter warns of telemetry without redaction, or refuses the configuration.
func TestConverter(t *testing.T) {
	const refused = Variable + " is set, and the configuration does not redact all telemetry:\n  " + problem
	const unknown = Variable + ": must be true or false (true refuses a configuration in which telemetry is not redacted)"
	for _, tt := range []struct {
		required, config string
		warnings         []string
		err              string
	}{
		{"", rawConfig, []string{"configuration: " + problem}, ""},
		{"false", rawConfig, []string{"configuration: " + problem}, ""},
		{"No", rawConfig, []string{"configuration: " + problem}, ""},
		{"0", redactedConfig, nil, ""},
		{"true", redactedConfig, nil, ""},
		{"true", rawConfig, nil, refused},
		{" TRUE ", rawConfig, nil, refused},
		{"1", rawConfig, nil, refused},
		{"yes", rawConfig, nil, refused},
		{"ture", redactedConfig, nil, unknown},
		{"hunter2", rawConfig, nil, unknown},
	} {
		t.Setenv(Variable, tt.required)
		core, logs := observer.New(zapcore.WarnLevel)
		c := NewFactory().Create(confmap.ConverterSettings{Logger: zap.New(core)})
		conf := parse(t, tt.config)
		before := conf.ToStringMap()
		err := c.Convert(t.Context(), conf)
		if tt.err == "" {
			require.NoError(t, err, tt.required)
		} else {
			require.EqualError(t, err, tt.err, tt.required)
		}
		var got []string
		for _, entry := range logs.All() {
			got = append(got, entry.Message)
		}
		require.Equal(t, tt.warnings, got, tt.required)
		require.Equal(t, before, conf.ToStringMap(), "the configuration stays as it is")

		err = c.(Converter).Quiet().Convert(t.Context(), conf)
		require.Equal(t, tt.err != "", err != nil, "errors remain")
		require.Len(t, logs.All(), len(tt.warnings), "warnings do not")
	}
}

// TestConverterOfValidate prints warnings: the stock command validate drops what is logged.
func TestConverterOfValidate(t *testing.T) {
	args, stderr := os.Args, os.Stderr
	t.Cleanup(func() { os.Args, os.Stderr = args, stderr })
	out, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	require.NoError(t, err)
	os.Args, os.Stderr = []string{"otelcol", "validate", "--config", "a.yaml"}, out
	t.Setenv(Variable, "")
	require.NoError(t, NewFactory().Create(confmap.ConverterSettings{Logger: zap.NewNop()}).Convert(t.Context(), parse(t, rawConfig)))
	printed, err := os.ReadFile(out.Name())
	require.NoError(t, err)
	require.Equal(t, "warning: "+problem+"\n", string(printed))
}
