package configcheck

import (
	"regexp"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// A temporality is a kind of metrics, with what converts it into the other one.
type temporality struct {
	name       string // of cowork_metrics
	plural     string
	other      string
	converters []string // types of processors
	receivers  []string // types of receivers that bring it
	connectors []string // types of connectors that emit it
	clients    string   // what is true of the metrics of the receivers
}

var (
	deltas = &temporality{
		"delta", "deltas", "cumulative",
		[]string{"delta_to_cumulative", "deltatocumulative"},
		[]string{"otlp", "kafka"},
		[]string{"count"},
		" that are deltas, as Cowork's clients send them",
	}
	sums = &temporality{
		"cumulative", "cumulative", "delta",
		[]string{"cumulative_to_delta", "cumulativetodelta"},
		[]string{"host_metrics", "hostmetrics", "prometheus"},
		nil,
		", which are cumulative",
	}
)

// A sink is an exporter, or an endpoint of OTLP, that does not accept one temporality.
type sink struct {
	types    []string
	endpoint *regexp.Regexp
	verb     string
	refuses  *temporality
}

// sinks are those that are known. The exporter prometheus adds deltas only if no interval is
// missing between them.
var sinks = []sink{
	{[]string{"prometheus_remote_write", "prometheusremotewrite"}, nil, "drops", deltas},
	{[]string{"prometheus"}, nil, "resets", deltas},
	{overHTTP, regexp.MustCompile(`/api/v1/otlp\b|://[^/]*\.grafana\.net\b`), "sends to a backend that refuses", deltas},
	{overHTTP, regexp.MustCompile(`/api/v2/otlp\b|://[^/]*\.(datadoghq\.(com|eu)|ddog-gov\.com)\b`), "sends to a backend that refuses", sums},
}

// A metricFlow finds the temporality of metrics in pipelines.
type metricFlow struct {
	*checker
	graph pipelines.Graph
}

// checkTemporality warns of exporters that receive metrics of a temporality that is not accepted.
func checkTemporality(c *checker) {
	f := metricFlow{c, c.service.graph}
	for _, p := range f.graph.Pipelines {
		if p.Signal() != "metrics" {
			continue
		}
		for _, id := range p.Exporters {
			for _, s := range sinks {
				if slices.Contains(s.types, pipelines.TypeOf(id)) && f.matches(s, id) {
					f.checkSink(s, p, id)
				}
			}
		}
	}
}

// matches reports whether an exporter sends metrics to the endpoint of a sink.
func (f metricFlow) matches(s sink, id string) bool {
	if s.endpoint == nil {
		return true
	}
	cfg := f.graph.Config("exporters", id)
	endpoint := endpointOf(cfg, "metrics_endpoint")
	if endpoint == "" {
		endpoint = endpointOf(cfg, "endpoint")
	}
	return s.endpoint.MatchString(endpoint)
}

func (f metricFlow) checkSink(s sink, p pipelines.Pipeline, id string) {
	t := s.refuses
	for _, source := range f.sources(t, p, 0) {
		switch {
		case source.section == "connectors" && pipelines.TypeOf(source.id) == "cowork_metrics":
			f.addWarning("exporters"+delimiter+id, "%s the metrics of %s in %s, which are %s (set %s::temporality: %s)", s.verb, source, p.Where(), t.plural, source, t.other)
		default:
			f.addWarning("exporters"+delimiter+id, "%s the metrics of %s in %s%s (add %s to the processors)", s.verb, source, p.Where(), t.clients, t.converters[0])
		}
	}
}

// A source is where metrics come from.
type source struct{ section, id string }

func (s source) String() string { return s.section + delimiter + s.id }

// sources returns the components from which a pipeline passes metrics of a temporality to
// its exporters.
func (f metricFlow) sources(t *temporality, p pipelines.Pipeline, depth int) (list []source) {
	if depth > len(f.graph.Pipelines) || slices.ContainsFunc(p.Processors, func(id string) bool { return slices.Contains(t.converters, pipelines.TypeOf(id)) }) {
		return nil
	}
	for _, id := range p.Receivers {
		switch kind := pipelines.TypeOf(id); {
		case slices.Contains(t.receivers, kind):
			list = append(list, source{"receivers", id})
		case slices.Contains(t.connectors, kind), kind == "cowork_metrics" && f.temporalityOf(id) == t.name:
			list = append(list, source{"connectors", id})
		case kind == "forward":
			for _, before := range f.graph.Before(p, id) {
				list = append(list, f.sources(t, before, depth+1)...)
			}
		}
	}
	slices.SortFunc(list, func(a, b source) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(list)
}

// temporalityOf returns the temporality that an instance of cowork_metrics emits.
func (f metricFlow) temporalityOf(id string) string {
	var m struct {
		Temporality string `mapstructure:"temporality"`
	}
	conf := confmap.New()
	if conf.Marshal(f.decoded["connectors"+delimiter+id]) != nil || conf.Unmarshal(&m, confmap.WithIgnoreUnused()) != nil {
		return ""
	}
	return m.Temporality
}
