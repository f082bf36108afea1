package distro

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	otel "go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector"
	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/connector/coworktracesconnector"
	"github.com/cowork-otel/collector/exporter/coworkalertexporter"
	"github.com/cowork-otel/collector/exporter/coworkauditexporter"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter"
	"github.com/cowork-otel/collector/extension/coworkdeliveryextension"
	"github.com/cowork-otel/collector/extension/coworkjsonlinesextension"
	"github.com/cowork-otel/collector/extension/coworkpathextension"
	"github.com/cowork-otel/collector/extension/coworktenantsextension"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor"
	"github.com/cowork-otel/collector/processor/coworkegressprocessor"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor"
	"github.com/cowork-otel/collector/processor/coworkschemaprocessor"
)

// own lists the components of this module, by folder.
var own = map[string]otel.Factory{
	"connector/coworkmetricsconnector":     coworkmetricsconnector.NewFactory(),
	"connector/coworkrulesconnector":       coworkrulesconnector.NewFactory(),
	"connector/coworktracesconnector":      coworktracesconnector.NewFactory(),
	"exporter/coworkalertexporter":         coworkalertexporter.NewFactory(),
	"exporter/coworkauditexporter":         coworkauditexporter.NewFactory(),
	"exporter/coworkdashboardexporter":     coworkdashboardexporter.NewFactory(),
	"extension/coworkdeliveryextension":    coworkdeliveryextension.NewFactory(),
	"extension/coworkjsonlinesextension":   coworkjsonlinesextension.NewFactory(),
	"extension/coworkpathextension":        coworkpathextension.NewFactory(),
	"extension/coworktenantsextension":     coworktenantsextension.NewFactory(),
	"processor/coworkcorrelationprocessor": coworkcorrelationprocessor.NewFactory(),
	"processor/coworkegressprocessor":      coworkegressprocessor.NewFactory(),
	"processor/coworkeventprocessor":       coworkeventprocessor.NewFactory(),
	"processor/coworkredactionprocessor":   coworkredactionprocessor.NewFactory(),
	"processor/coworkrosterprocessor":      coworkrosterprocessor.NewFactory(),
	"processor/coworkschemaprocessor":      coworkschemaprocessor.NewFactory(),
}

// must lists keys without a default, for which a README gives an example.
var must = map[string]map[string]any{
	"exporter/coworkalertexporter":     {"endpoint": "https://alertmanager.example.com"},
	"exporter/coworkauditexporter":     {"directory": "/var/lib/otelcol-cowork/audit"},
	"processor/coworkschemaprocessor":  {"format": "ocsf"},
	"extension/coworktenantsextension": {"file": "/etc/otelcol-cowork/tokens.yaml"},
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestComponentReadmes checks that the first YAML block of a component's README lists
// all keys with their defaults, and that the other blocks are valid.
func TestComponentReadmes(t *testing.T) {
	folders, err := filepath.Glob("../*/*/metadata.yaml")
	require.NoError(t, err)
	require.Len(t, folders, len(own), "every component has its README tested")
	for folder, factory := range own {
		t.Run(folder, func(t *testing.T) {
			readme, err := os.ReadFile(filepath.Join("..", folder, "README.md"))
			require.NoError(t, err)
			blocks := yamlBlock.FindAllSubmatch(readme, -1)
			require.NotEmpty(t, blocks)
			for i, block := range blocks {
				cfg := factory.CreateDefaultConfig()
				conf := settingsOf(t, factory, block[1])
				require.NoError(t, conf.Unmarshal(cfg), "%s", block[1])
				require.NoError(t, confmap.Validate(cfg), "%s", block[1])
				if i == 0 {
					defaults := factory.CreateDefaultConfig()
					require.NoError(t, confmap.NewFromStringMap(must[folder]).Unmarshal(defaults))
					// As text, an empty list equals a missing one.
					assert.Equal(t, fmt.Sprintf("%+v", defaults), fmt.Sprintf("%+v", cfg), "the first block has the defaults")
					for _, key := range keysOf(reflect.TypeOf(cfg), "") {
						// A key that is off by default is a comment.
						assert.True(t, conf.IsSet(key) || bytes.Contains(block[1], []byte("# "+key+": ")), "the first block lacks %s", key)
					}
				}
			}
		})
	}
}

func settingsOf(tb testing.TB, factory otel.Factory, block []byte) *confmap.Conf {
	tb.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML(block)
	require.NoError(tb, err)
	conf, err := retrieved.AsConf()
	require.NoError(tb, err)
	settings, err := conf.Sub(factory.Type().String())
	require.NoError(tb, err)
	return settings
}

// keysOf returns the keys of a configuration struct.
func keysOf(typ reflect.Type, prefix string) (keys []string) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return nil
	}
	for field := range typ.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("mapstructure"), ",")
		if name == "" || name == "-" {
			continue
		}
		key := prefix + name
		keys = append(keys, key)
		keys = append(keys, keysOf(field.Type, key+confmap.KeyDelimiter)...)
	}
	return keys
}
