package token

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// watchFormats are the tokens of monitoring.
var watchFormats = []Format{
	{"Dynatrace API token", "dt0c01.", dotted, 60, 0, nil},
	{"Dynatrace OAuth secret", "dt0s", dotted, 60, 0, randomKey},
	{"Grafana service account token", "glsa_", text.KeyChars, 32, 0, nil},
	{"Grafana Cloud token", "glc_", base64Body, 32, 0, nil},
	{"Grafana API key", "eyJrIjoi", base64Body, 40, 0, nil},
	{"Honeycomb ingest key", "hcaik_", text.Alnum, 40, 0, nil},
	{"Honeycomb ingest key", "hcbik_", text.Alnum, 40, 0, nil},
	{"Honeycomb ingest key", "hcxik_", text.Alnum, 40, 0, nil},
	{"Honeycomb management key", "hcamk_", text.Alnum, 40, 0, nil},
	{"New Relic user key", "NRAK-", capitals, 27, 0, nil},
	{"New Relic insert key", "NRII-", text.KeyChars, 32, 0, nil},
	{"New Relic query key", "NRIQ-", text.KeyChars, 32, 0, nil},
	{"New Relic browser key", "NRJS-", text.Hexa, 19, 0, nil},
	{"New Relic pixie key", "NRAA-", text.Alnum, 27, 0, nil},
	{"Datadog client token", "pub", text.Hexa, 32, 32, nil},
	{"Sentry user token", "sntryu_", text.Hexa, 64, 0, nil},
	{"Sentry organization token", "sntrys_", base64Body | text.Joiner, 80, 0, nil},
	{"Sentry integration token", "sntryi_", text.Hexa, 64, 0, nil},
	{"Axiom API token", "xaat-", hexDashed, 36, 36, nil},
	{"Axiom personal token", "xapt-", hexDashed, 36, 36, nil},
	{"Checkly API key", "cu_", text.Hexa, 32, 32, nil},
	{"PagerDuty OAuth token", "pdus+_", anyKey, 40, 0, nil},
	{"LaunchDarkly SDK key", "sdk-", hexDashed, 36, 36, uuid},
	{"LaunchDarkly API key", "api-", hexDashed, 36, 36, uuid},
	{"LaunchDarkly mobile key", "mob-", hexDashed, 36, 36, uuid},
	{"Statsig key", "secret-", text.Alnum, 40, 48, randomKey},
	{"Flagsmith server key", "ser.", text.Alnum, 20, 24, randomKey},
}
