package main

// A wrongConfig is a configuration with one mistake, merged into the default one.
type wrongConfig struct{ mistake, yaml string }

// wrongConfigs are the rows of the table in distro/README.md.
var wrongConfigs = []wrongConfig{
	{"an unknown key", "processors: {cowork_event: {normalise: true}}"},
	{"a text for a number of bytes", "processors: {cowork_redaction: {max_value_bytes: many}}"},
	{"a text for a boolean", `processors: {cowork_redaction: {redact_prompt_content: "no"}}`},
	{"a duration without unit", "processors: {cowork_correlation: {idle_timeout: 5}}"},
	{"a duration without unit, of a stock component", "extensions: {file_storage: {timeout: 2}}"},
	{"a duration in days", "exporters: {cowork_dashboard: {retention: {days: 14d}}}"},
	{"a text for a list", "processors: {cowork_redaction: {known_attributes: {name: x}}}"},
	{"a regular expression that does not compile", `processors: {cowork_redaction: {custom_patterns: {mrn: '\bMRN-(\d{8}\b'}}}`},
	{"an unknown value", "processors: {cowork_event: {require: strict}}"},
	{"an unknown built-in rule", "connectors: {cowork_rules: {builtin_rules: [api_eror]}}"},
	{"an unknown key of a rule", "connectors: {cowork_rules: {rules: [{name: slow, severity: info, conditon: x, count: {above: 1}}]}}"}, //nolint:misspell // the mistake
	{"a key that is too short", "processors: {cowork_redaction: {identities: {action: pseudonymize, key: hunter2}}}"},
	{"a variable that is not set", `{exporters: {otlp_http: {endpoint: "https://otlp.example.com", headers: {authorization: "${env:BACKEND_TOKEN}"}}}, service: {pipelines: {metrics: {exporters: [otlp_http]}}}}`},
	{"a component that is not in the distribution", "{exporters: {datadog: {}}, service: {pipelines: {metrics: {exporters: [datadog]}}}}"},
	{"a misspelt type of a component", "processors: {cowork_redacton: {}}"},
	{"a component that is not declared", "service: {pipelines: {metrics: {exporters: [file/metric]}}}"},
	{"a connector with one end", "service: {pipelines: {logs: {exporters: [file/logs, cowork_traces, cowork_rules]}}}"},
	{"a storage that does not run", "service: {extensions: [health_check, cowork_path]}"},
	{"an authenticator that is not declared", "receivers: {otlp: {protocols: {http: {auth: {authenticator: bearertokenauth}}}}}"},
	{"a misspelt section", "recievers: {otlp: {}}"}, //nolint:misspell // the mistake
	{"a component without indentation", "otlp_http: {endpoint: 'https://otlp.example.com'}"},
	{"a key of a component without indentation", "exporters: {otlp_http: {}, endpoint: 'https://otlp.example.com'}"},
	{"a pipeline without indentation", "service: {logs/out: {receivers: [forward], exporters: [debug]}}"},
	{"a pipeline without receivers", "service: {pipelines: {logs/audit: {exporters: [debug]}}}"},
	{"two components at one address", "extensions: {health_check: {endpoint: localhost:4318}}"},
	{"an address without a host", "receivers: {otlp: {protocols: {http: {endpoint: '4318'}}}}"},
	{"a URL for an address", "{receivers: {otlp: {protocols: {grpc: {endpoint: 'http://0.0.0.0:4317'}}}}, exporters: {cowork_dashboard: {endpoint: 'http://localhost:4320'}}}"},
	{"an endpoint without a scheme", "{exporters: {otlp_http: {endpoint: 'otlp.example.com:4318'}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http]}}}}"},
	{"a component that does not have the signal", "service: {pipelines: {metrics/out: {receivers: [forward], exporters: [cowork_dashboard]}}}"},
	{"a list for a section", "processors: [cowork_event]"},
}

// doubtfulConfigs are the rows of the table of warnings in distro/README.md.
var doubtfulConfigs = []wrongConfig{
	{"a pipeline without redaction", "service: {pipelines: {logs/raw: {receivers: [otlp], exporters: [file/logs]}}}"},
	{"a processor in front of redaction", "service: {pipelines: {logs: {processors: [cowork_event, cowork_correlation, cowork_redaction]}}}"},
	{"redaction that is switched off", "{processors: {cowork_redaction/off: {enabled: false}}, service: {pipelines: {metrics: {processors: [cowork_event, cowork_redaction/off]}}}}"},
	{"marks of redaction from anyone", "{receivers: {otlp/tier: {protocols: {grpc: {endpoint: '0.0.0.0:14317'}}}}, processors: {cowork_redaction/tier: {trust_marks: true}}, service: {pipelines: {logs/tier: {receivers: [otlp/tier], processors: [cowork_redaction/tier], exporters: [forward]}}}}"},
	{"`cowork_event` in the wrong place", "service: {pipelines: {traces: {processors: [cowork_redaction, cowork_event]}}}"},
	{"`cowork_roster` in the wrong place", "service: {pipelines: {traces: {processors: [cowork_event, cowork_redaction, cowork_roster]}}}"},
	{"a batch in front of `cowork_event`, with tokens", "{receivers: {otlp: {protocols: {http: {auth: {authenticator: cowork_tenants}}}}}, extensions: {cowork_tenants: {file: tokens.yaml}}, processors: {batch: {}}, service: {extensions: [health_check, cowork_path, cowork_delivery, file_storage, cowork_tenants], pipelines: {metrics: {processors: [batch, cowork_event, cowork_redaction]}}}}"},
	{"tokens without `cowork_event`", "{receivers: {otlp: {protocols: {http: {auth: {authenticator: cowork_tenants}}}}}, extensions: {cowork_tenants: {file: tokens.yaml}}, service: {extensions: [health_check, cowork_path, cowork_delivery, file_storage, cowork_tenants], pipelines: {traces: {processors: [cowork_redaction]}}}}"},
	{"a queue of bytes, counted in requests", "{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', sending_queue: {queue_size: 1073741824}}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [otlp_http]}}}}"},
	{"a queue of requests, counted in bytes", "{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', sending_queue: {sizer: bytes, queue_size: 5000}}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [otlp_http]}}}}"},
	{"a batch of bytes, counted in records", "{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', sending_queue: {batch: {max_size: 4000000}}}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [otlp_http]}}}}"},
	{"a batch of records, counted in bytes", "{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', sending_queue: {sizer: bytes, queue_size: 1073741824, batch: {min_size: 0, max_size: 8192}}}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [otlp_http]}}}}"},
	{"an exporter that no pipeline uses", "exporters: {otlp_http: {endpoint: 'https://otlp.example.com'}}"},
	{"an endpoint with a path of a signal", "{exporters: {otlp_http: {endpoint: 'https://otlp.example.com/v1/logs'}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http]}}}}"},
	{"the port of another protocol", "{exporters: {otlp_http: {endpoint: 'http://otlp.example.com:4317'}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http]}}}}"},
	{"a key that is not set", `{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', headers: {authorization: 'Bearer ${env:OTLP_TOKEN:-unset}'}}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http]}}}}`},
	{"a variable without its end", `{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', headers: {authorization: 'Bearer ${env:TOKEN'}}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http]}}}}`},
	{"two exporters to one file", "{exporters: {file/mine: {path: ./data/logs.json}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [file/mine]}}}}"},
	{"deltas for Prometheus", "{exporters: {prometheus_remote_write: {endpoint: 'http://localhost:9090/api/v1/write'}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [prometheus_remote_write]}}}}"},
	{"a user in an address", "{exporters: {otlp_http: {endpoint: 'https://user:password@otlp.example.com'}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [otlp_http]}}}}"},
}
