package setup

import (
	"net"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// serverTable returns the table of the addresses where the collector listens.
func serverTable(q *urlquery.Query, list []report.Server) chart.Panel {
	t := report.Table{Columns: []report.Column{{Name: "Address"}, {Name: "Protocol"}, {Name: "Receiver"}, {Name: "TLS"}, {Name: "Authentication"}, {Name: "Reached from"}}}
	yesNo := map[bool]string{true: "yes", false: "no"}
	for _, s := range list {
		from := "other computers"
		if name, _, err := net.SplitHostPort(s.Address); err == nil && isLoopbackName(name) && !isWildcard(name) {
			from = "this computer only"
		}
		protocol := map[string]string{"http": "OTLP over HTTP", "grpc": "OTLP over gRPC, not for Cowork"}[s.Transport]
		t.Rows = append(t.Rows, []any{s.Address + s.Path, protocol, s.Receiver, yesNo[s.TLS], yesNo[s.Auth], from})
	}
	return chart.NewTable(q, "servers", "Where this collector listens for events", "No OTLP receiver of this collector is known. Enter the address of the collector that clients send to.", t)
}

// SettingNames are the names of one setting in three places, "" where it does not exist.
type SettingNames struct{ Setting, Cowork, Device, Variable string }

var settingNames = []SettingNames{
	{"Telemetry on", "an endpoint", "otlpEndpoint", "CLAUDE_CODE_ENABLE_TELEMETRY=1 OTEL_LOGS_EXPORTER=otlp"},
	{"Endpoint", "OTLP endpoint", "otlpEndpoint", "OTEL_EXPORTER_OTLP_ENDPOINT"},
	{"Protocol", "OTLP protocol", "otlpProtocol", "OTEL_EXPORTER_OTLP_PROTOCOL"},
	{"Headers", "OTLP headers", "otlpHeaders", "OTEL_EXPORTER_OTLP_HEADERS"},
	{"Own attributes, such as team.id", "", "otlpResourceAttributes", "OTEL_RESOURCE_ATTRIBUTES"},
	{"Metrics", "", "", "OTEL_METRICS_EXPORTER=otlp"},
	{"Traces", "", "otlpTracesEnabled", "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp"},
	{"Prompts", "sent by default", "otlpContentCapture: userPrompts", "OTEL_LOG_USER_PROMPTS=1"},
	{"Responses", "sent by default", "otlpContentCapture: assistantResponses", "OTEL_LOG_ASSISTANT_RESPONSES=1"},
	{"Details of tools", "sent by default", "otlpContentCapture: toolDetails", "OTEL_LOG_TOOL_DETAILS=1"},
	{"Bodies of API requests", "", "otlpContentCapture: rawApiBodies", "OTEL_LOG_RAW_API_BODIES=1"},
}
