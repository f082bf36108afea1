package grafana

// The collector's own metrics have no user or organization, so the variables do not
// filter them.
var operations = Dashboard{
	UID: "cowork-operations", Title: "Cowork: operations of the collector",
	Question: "Whether the collector receives, redacts and delivers everything, and which resources it uses.",
	Rows: []Row{
		{"In and out", []Panel{
			{
				"Records in", "How many records arrive?", Lines, perSec, nil,
				[]Query{{`sum by (transport) (rate(otelcol_receiver_accepted_log_records[$__rate_interval]))`, "{{transport}}"}},
			},
			{
				"Records out", "How many records does each exporter send?", Lines, perSec, nil,
				[]Query{{`sum by (exporter) (rate(otelcol_exporter_sent_log_records[$__rate_interval]))`, "{{exporter}}"}},
			},
			{
				"Refused or failed", "How many records did the collector reject? Clients drop them.", Number, amount, noneSteps,
				[]Query{{`sum(increase(otelcol_receiver_refused_log_records[$__range])) + sum(increase(otelcol_receiver_failed_log_records[$__range]))`, ""}},
			},
			{
				"Not delivered", "How many records did exporters drop?", Number, amount, noneSteps,
				[]Query{{`(sum(increase(otelcol_exporter_send_failed_log_records[$__range])) or vector(0)) + (sum(increase(otelcol_exporter_enqueue_failed_log_records[$__range])) or vector(0))`, ""}},
			},
		}},
		{"Events", []Panel{
			{
				"Events by client version", "Which client versions report?", Bars, amount, nil,
				[]Query{{`sum by (client_version) (increase(otelcol_processor_cowork_event_events[1h]))`, "{{client_version}}"}},
			},
			{
				"Invalid events", "What do events lack?", Table, amount, nil,
				[]Query{{`sum by (kind, reason) (increase(otelcol_processor_cowork_event_invalid[$__range])) or vector(0)`, "faults"}},
			},
			{
				"Findings by pattern", "Which patterns are redacted, and how often? Values are not shown.", Ranking, amount, nil,
				[]Query{{`sum by (pattern) (increase(otelcol_processor_cowork_redaction_findings[$__range]))`, "{{pattern}}"}},
			},
			{
				"Scanned", "How many bytes are scanned?", Lines, bytes, nil,
				[]Query{{`sum(rate(otelcol_processor_cowork_redaction_scanned_bytes[$__rate_interval]))`, "bytes a second"}},
			},
			{
				"Open prompts", "How many prompts are open?", Lines, amount, nil,
				[]Query{{`sum(otelcol_processor_cowork_correlation_open)`, "open"}},
			},
			{
				"Closed prompts", "Why did prompts close? Any reason except idle is early.", Bars, amount, nil,
				[]Query{{`sum by (reason) (increase(otelcol_processor_cowork_correlation_closed[1h]))`, "{{reason}}"}},
			},
		}},
		{"Metrics", []Panel{
			{
				"Series", "How many series does cowork_metrics keep? max_series bounds them (20,000 unless set).", Lines, amount,
				[]Step{{16000, "yellow"}, {20000, "red"}},
				[]Query{{`sum(otelcol_connector_cowork_metrics_series)`, "series"}},
			},
			{"Left out of metrics", "How many values were invalid, or counted in the overflow series?", Number, amount, noneSteps, []Query{
				{`sum(increase(otelcol_connector_cowork_metrics_invalid[$__range])) or vector(0)`, "invalid"},
				{`sum(increase(otelcol_connector_cowork_metrics_overflow[$__range])) or vector(0)`, "overflow"},
			}},
			{
				"Flush", "How long does it take until all points are delivered?", Lines, seconds, nil,
				[]Query{{`sum(rate(otelcol_connector_cowork_metrics_flush_duration_sum[$__rate_interval])) / (sum(rate(otelcol_connector_cowork_metrics_flush_duration_count[$__rate_interval])) > 0)`, "average"}},
			},
		}},
		{"Process", []Panel{
			{
				"Memory", "How much memory does the collector use?", Lines, bytes, nil,
				[]Query{{`sum by (instance) (otelcol_process_memory_rss)`, "{{instance}}"}},
			},
			{
				"CPU", "How many cores does the collector use?", Lines, amount, nil,
				[]Query{{`sum by (instance) (rate(otelcol_process_cpu_seconds[$__rate_interval]))`, "{{instance}}"}},
			},
			{
				"Uptime", "How long has the collector been running?", Number, seconds, nil,
				[]Query{{`min(otelcol_process_uptime)`, ""}},
			},
		}},
	},
}
